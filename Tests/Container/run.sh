#!/usr/bin/env bash
# Builds the image as the Dockerfile says, measures it and runs its tests. See README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."

most_uncompressed=100000000
most_compressed=40000000
name=trading-playbook
work=$PWD/.build/container
base=$(sed -n 's/^ARG BASE=//p' Dockerfile)
suite=${base##*-}

fail() {
    echo "$*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "Building and running images here takes root."

# A store of its own: images of the machine are neither used nor touched.
mkdir -p "$work/temporary"
driver=overlay
(cd "$work/temporary" && mkdir -p a b c d &&
    unshare --mount mount -t overlay -o lowerdir=a,upperdir=b,workdir=c x d 2>/dev/null) || driver=vfs
cat >"$work/storage.conf" <<END
[storage]
driver = "$driver"
graphroot = "$work/storage"
runroot = "$work/run"
END
cat >"$work/containers.conf" <<END
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
log_driver = "k8s-file"
netns = "host"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
tmp_dir = "$work/run/libpod"
[network]
network_config_dir = "$work/networks"
END
export CONTAINERS_CONF=$work/containers.conf CONTAINERS_STORAGE_CONF=$work/storage.conf TMPDIR=$work/temporary

cleanup() {
    podman rm --all --force >/dev/null 2>&1 || true
    buildah rm --all >/dev/null 2>&1 || true
    rm -rf "$work/temporary"
}
trap cleanup EXIT

# The toolchain of this machine, and folders that it has Git look into instead of the addresses of packages, are there
# while the image is built and not copied.
toolchain=$(swiftc -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift".*|\1|p')
[ "$toolchain" != /usr ] || fail "Swift is installed in /usr, from where it cannot be lent: build with docker instead."
lent=(--volume "$toolchain:/toolchain/usr:ro")
gitconfig=$work/temporary/gitconfig
touch "$gitconfig"
while read -r key address; do
    place=${key#url.}
    place=${place%.insteadof}
    git config --file "$gitconfig" --add "url.$place.insteadOf" "$address"
    if [ -d "$place" ] && [[ " ${lent[*]} " != *" $place:$place:ro "* ]]; then
        lent+=(--volume "$place:$place:ro")
    fi
done < <(git config --get-regexp '^url\..*\.insteadof$' || true)

# The image that the Dockerfile starts from: Debian with that toolchain on its path.
make_base() {
    local archives mirror root=$work/temporary/base container
    # shellcheck disable=SC2016  # apt fills these in
    archives=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v suite="$suite" '$1 == "Debian" && index($3, suite) == 1 { print $2, $3, $4 }' | sort -u)
    [ -n "$archives" ] || fail "apt has no source of Debian $suite here."
    echo "Making $base"
    mirror=$(awk -v suite="$suite" '$2 == suite { print $1; exit }' <<<"$archives")
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$work/debootstrap.log" ||
        fail "debootstrap failed: $(tail -n 3 "$work/debootstrap.log")"
    awk '{ print "deb", $0 }' <<<"$archives" >"$root/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::(Check|http|https)' >"$root/etc/apt/apt.conf.d/90machine" || true
    cp "$gitconfig" "$root/etc/gitconfig"
    container=$(buildah from scratch)
    buildah add --quiet "$container" "$root" / >/dev/null
    buildah config --env "PATH=/toolchain/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$container"
    buildah commit --quiet --rm "$container" "$base" >/dev/null
    rm -rf "$root"
}
buildah inspect --type image "$base" >/dev/null 2>&1 || make_base

# Layers are kept, so that building again takes less; but not for ever.
if [ "$(du -sm "$work/storage" | cut -f 1)" -gt 12000 ]; then
    buildah rmi --prune --force >/dev/null
fi
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
buildah build --layers --pull=never --isolation chroot --network host --format docker "${lent[@]}" \
    --build-arg "REVISION=$revision" --tag "$name" . >"$work/build.log" 2>&1 ||
    fail "The image cannot be built: $work/build.log"$'\n'"$(tail -n 30 "$work/build.log")"

rm -rf "$work/oci"
uncompressed=$(podman image inspect --format '{{.Size}}' "$name")
buildah push --quiet "$name" "oci:$work/oci"
compressed=$(find "$work/oci/blobs" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
rm -rf "$work/oci"
awk -v a="$uncompressed" -v b="$compressed" 'BEGIN { printf "%.1f MB, %.1f MB compressed\n", a / 1e6, b / 1e6 }'
[ "$uncompressed" -le "$most_uncompressed" ] || fail "That is more than $most_uncompressed bytes."
[ "$compressed" -le "$most_compressed" ] || fail "That is more than $most_compressed bytes compressed."

CONTAINER_IMAGE=$name .venv/bin/python -m pytest -q --tb short -p no:cacheprovider Tests/Container "$@"
