#!/usr/bin/env bash
# Removes what deploy.sh made. See --help and docs/deploy.md.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

help() {
    cat <<TEXT
usage: $SCRIPT --project P --region R [options]

Removes what deploy.sh made. The bucket with the journal stays unless --delete-data is given; a MongoDB is never
touched, and APIs stay enabled. It can be run again: what is gone is skipped.

  --project P       project id
  --region R        region it was deployed to
  --bucket B        bucket of the journal and the cache (default: P-$NAME)
  --delete-data     delete the bucket too: journal, cache, and all their versions
  --dry-run         print every gcloud command, and call none
  --yes             do not ask before starting (asked only on a terminal)

Exit codes: 0 done; 64 the command line is wrong; 69 gcloud is missing, not logged in, or does not see the project;
70 a step failed, run it again.
TEXT
}

DELETE_DATA=no
while [ $# -gt 0 ]; do
    case $1 in
    --project) PROJECT=$(value "$@"); shift ;;
    --region) REGION=$(value "$@"); shift ;;
    --bucket) BUCKET=$(value "$@"); shift ;;
    --delete-data) DELETE_DATA=yes ;;
    --dry-run) DRY_RUN=yes ;;
    --yes) YES=yes ;;
    -h | --help)
        help
        exit
        ;;
    *) stop "$USAGE" "'$1' is not an option. See $SCRIPT --help." ;;
    esac
    shift
done

check_place
check_gcloud

# What gcloud says of something that does not exist, also when its API was never enabled.
readonly ABSENT='[Nn]ot.?[Ff]ound|NOT_FOUND|Cannot find|does not exist|404|SERVICE_DISABLED|has not been used'

# is_there DESCRIBE…: sets FOUND as look does, but stops when it cannot tell.
is_there() {
    look "$@"
    if [ "$FOUND" = no ]; then check_absent "$@"; fi
}

check_absent() {
    if grep -qE "$ABSENT" "$WORK/error"; then return; fi
    cat "$WORK/error" >&2
    failed "$@"
}

# remove_all LIST… -- DELETE…: deletes everything that the listing command names.
remove_all() {
    local list=() name names
    while [ "$1" != -- ]; do
        list+=("$1")
        shift
    done
    shift
    show "${list[@]}"
    if [ "$DRY_RUN" = yes ]; then
        names=NAME
    elif ! names=$(gcloud "${list[@]}" 2>"$WORK/error"); then
        check_absent "${list[@]}"
    fi
    for name in $names; do run "$@" "$name" "--project=$PROJECT"; done
}

bucket() {
    is_there storage buckets describe "gs://$1" "--project=$PROJECT"
    if_there storage rm "gs://$1" --recursive "--project=$PROJECT"
}

say "# Project $PROJECT, region $REGION: what deploy.sh made is removed."
if [ "$DELETE_DATA" = yes ]; then
    say "# The bucket gs://$BUCKET is deleted with journal, cache and all their versions. This cannot be undone."
else
    say "# The bucket gs://$BUCKET stays, with journal and cache."
fi
confirm "Go ahead?"

step "The schedule"
for entry in "$NIGHTLY" "$SAFETY_NET"; do
    is_there scheduler jobs describe "$entry" "--location=$REGION" "--project=$PROJECT"
    if_there scheduler jobs delete "$entry" "--location=$REGION" "--project=$PROJECT"
done

step "Alerts, dashboard, whom alerts tell"
remove_all alpha monitoring policies list "--filter=userLabels.app=\"$NAME\"" '--format=value(name)' \
    "--project=$PROJECT" -- alpha monitoring policies delete
remove_all monitoring dashboards list "--filter=displayName=\"$DASHBOARD_TITLE\"" '--format=value(name)' \
    "--project=$PROJECT" -- monitoring dashboards delete
remove_all beta monitoring channels list "--filter=$CHANNEL_FILTER" '--format=value(name)' \
    "--project=$PROJECT" -- beta monitoring channels delete

step "Metrics"
remove_all logging metrics list "--filter=name:${NAME//-/_}_" '--format=value(name)' "--project=$PROJECT" -- \
    logging metrics delete

step "The service and the job"
is_there run services describe "$NAME" "--region=$REGION" "--project=$PROJECT"
if_there run services delete "$NAME" "--region=$REGION" "--project=$PROJECT"
is_there run jobs describe "$JOB" "--region=$REGION" "--project=$PROJECT"
if_there run jobs delete "$JOB" "--region=$REGION" "--project=$PROJECT"
is_there run jobs describe "$RESEARCH_JOB" "--region=$REGION" "--project=$PROJECT"
if_there run jobs delete "$RESEARCH_JOB" "--region=$REGION" "--project=$PROJECT"

step "Images, and what was uploaded to build them"
is_there artifacts repositories describe "$NAME" "--location=$REGION" "--project=$PROJECT"
if_there artifacts repositories delete "$NAME" "--location=$REGION" "--project=$PROJECT"
bucket "$BUCKET-build"

step "Secrets"
for secret in "${SECRETS[@]}"; do
    is_there secrets describe "$secret" "--project=$PROJECT"
    if_there secrets delete "$secret" "--project=$PROJECT"
done

if [ "$DELETE_DATA" = yes ]; then
    step "The bucket, with journal and cache"
    bucket "$BUCKET"
fi

step "Service accounts, and the role that one of them has in the project"
for part in build scheduler run; do
    is_there iam service-accounts describe "$(account "$part")" "--project=$PROJECT"
    if [ "$part" = build ]; then
        if_there projects remove-iam-policy-binding "$PROJECT" "--member=serviceAccount:$(account build)" \
            --role=roles/logging.logWriter --condition=None
    fi
    if_there iam service-accounts delete "$(account "$part")" "--project=$PROJECT"
done

step "Done"
