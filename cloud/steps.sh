# The steps of deploy.sh, in the order they are taken. Sourced, not run.
# shellcheck shell=bash

readonly ALPACA_KEY=${SECRETS[0]} ALPACA_SECRET=${SECRETS[1]} MONGODB=${SECRETS[2]} NOTIFY=${SECRETS[3]}
readonly HEARTBEAT=${SECRETS[4]}
KEY_VALUE='' SECRET_VALUE='' MONGODB_VALUE='' NOTIFY_VALUE='' HEARTBEAT_VALUE='' STORES_NOTIFY=no STORES_HEARTBEAT=no

# collect VARIABLE SETTING SECRET needed|optional: the secret's value from the environment, or asked for when none is
# stored; FOUND says whether there is one, stored or new. gcloud, which the value is piped to, does not inherit it.
collect() {
    local given=${!2:-}
    unset "$2"
    look secrets versions describe latest "--secret=$3" "--project=$PROJECT"
    if [ -z "$given" ] && [ "$FOUND" = no ] && [ "$4" = needed ]; then
        if [ ! -t 0 ]; then
            stop "$CONFIGURATION" "$2 is not set, and the secret $3 is not stored yet." \
                "Export $2, or run this on a terminal to be asked for it. Nothing was made."
        fi
        read -r -s -p "$2: " given
        say ""
        if [ -z "$given" ]; then stop "$CONFIGURATION" "$2 is empty. Nothing was made."; fi
    fi
    if [ -n "$given" ]; then FOUND=yes; fi
    printf -v "$1" '%s' "$given"
}

collect_secrets() {
    step "Which secrets are stored already"
    collect KEY_VALUE ALPACA_API_KEY "$ALPACA_KEY" needed
    collect SECRET_VALUE ALPACA_SECRET_KEY "$ALPACA_SECRET" needed
    if has mongodb "$CHOICES"; then collect MONGODB_VALUE MONGODB_CONNECTION "$MONGODB" needed; fi
    # A dry run cannot tell whether a URL is stored: the files have it only when it is given.
    if [ "$NOTIFYING" = yes ]; then
        collect NOTIFY_VALUE NOTIFY_URL "$NOTIFY" optional
        STORES_NOTIFY=$FOUND
        if [ "$FOUND" = yes ]; then CHOICES+=" notify"; fi
    fi
    if [ "$HEARTBEATING" = yes ]; then
        collect HEARTBEAT_VALUE HEARTBEAT_URL "$HEARTBEAT" optional
        STORES_HEARTBEAT=$FOUND
        if [ "$FOUND" = yes ]; then CHOICES+=" heartbeat"; fi
    fi
}

# forget SECRET WORDS: it is deleted when nothing that runs asks for it any more.
forget() {
    step "$2"
    look secrets describe "$1" "--project=$PROJECT"
    if_there secrets delete "$1" "--project=$PROJECT"
}

# What must never leave this computer, by its path: settings, secrets, keys, bars and journals.
readonly PRIVATE='(^|/)\.env($|[^/]*$)|\.env$|(^|/)secrets/|^(data|output)/|\.(pem|key|p12)$|(^|/)\.netrc$'

# Stops when what is uploaded for the build holds something that must not be. The example of settings has none.
check_upload() {
    if [ -n "$IMAGE" ]; then return; fi
    step "What is uploaded to build the image"
    local listed found
    listed=$(ask '' meta list-files-for-upload "$CLOUD/..")
    found=$(printf '%s\n' "$listed" | grep -E "$PRIVATE" | grep -vE '(^|/)\.env\.example$' | head -n 5) || true
    if [ -n "$found" ]; then
        stop "$CONFIGURATION" "these files would be uploaded, and may hold secrets: ${found//$'\n'/, }" \
            "Move them out of the folder, or name them in .gcloudignore. Nothing was made."
    fi
}

enable_services() {
    step "The APIs that are used"
    run services enable artifactregistry.googleapis.com cloudbuild.googleapis.com cloudresourcemanager.googleapis.com \
        cloudscheduler.googleapis.com iam.googleapis.com logging.googleapis.com monitoring.googleapis.com \
        run.googleapis.com secretmanager.googleapis.com storage.googleapis.com "--project=$PROJECT"
}

# make_account PART TITLE
make_account() {
    look iam service-accounts describe "$(account "$1")" "--project=$PROJECT"
    # shellcheck disable=SC2153  # common.sh sets NAME
    if_absent iam service-accounts create "$NAME-$1" "--display-name=$2" "--project=$PROJECT"
}

make_accounts() {
    step "A service account for each role"
    make_account run "Trading playbook: service and job"
    make_account scheduler "Trading playbook: starts the runs"
    if [ -z "$IMAGE" ]; then make_account build "Trading playbook: builds the image"; fi
}

# bucket NAME LIFECYCLE ACCOUNT ROLE [FLAG…]: private, access by roles alone; each flag is set again every time.
bucket() {
    local name=gs://$1 lifecycle=$2 account=$3 role=$4
    shift 4
    look storage buckets describe "$name" "--project=$PROJECT"
    if_absent storage buckets create "$name" "--location=$REGION" --uniform-bucket-level-access \
        --public-access-prevention "--project=$PROJECT"
    run storage buckets update "$name" --uniform-bucket-level-access --public-access-prevention \
        "--lifecycle-file=$CLOUD/$lifecycle" "--update-labels=app=$NAME" "$@" "--project=$PROJECT"
    run storage buckets add-iam-policy-binding "$name" "--member=serviceAccount:$account" "--role=$role" \
        "--project=$PROJECT"
}

make_bucket() {
    step "The bucket for cache and journal: versions are kept, the public is kept out"
    bucket "$BUCKET" lifecycle.json "$RUN_ACCOUNT" roles/storage.objectUser --versioning
}

# Playbook files go where the service and the job read them. Files that are gone here stay there.
copy_playbooks() {
    step "Playbook files"
    run storage cp "${PLAYBOOK_FILES[@]}" "gs://$BUCKET/playbooks/" "--project=$PROJECT"
}

# store SECRET VALUE: a new version only when the value is another than the stored one.
store() {
    look secrets describe "$1" "--project=$PROJECT"
    if_absent secrets create "$1" --replication-policy=automatic "--labels=app=$NAME" "--project=$PROJECT"
    if [ "$DRY_RUN" = yes ]; then
        say "# if a value is given and is not the stored one; it is read from standard input:"
        run secrets versions access latest "--secret=$1" "--project=$PROJECT"
        run secrets versions add "$1" --data-file=- "--project=$PROJECT"
    elif [ -n "$2" ]; then
        show secrets versions access latest "--secret=$1" "--project=$PROJECT"
        if [ "$(gcloud secrets versions access latest "--secret=$1" "--project=$PROJECT" 2>/dev/null)" = "$2" ]; then
            say "# $1 is as stored"
        else
            show secrets versions add "$1" --data-file=- "--project=$PROJECT"
            printf '%s' "$2" | gcloud secrets versions add "$1" --data-file=- "--project=$PROJECT" ||
                failed secrets versions
        fi
    fi
    run secrets add-iam-policy-binding "$1" "--member=serviceAccount:$RUN_ACCOUNT" \
        --role=roles/secretmanager.secretAccessor "--project=$PROJECT"
}

store_secrets() {
    step "Secrets, each readable by the service and the job alone"
    store "$ALPACA_KEY" "$KEY_VALUE"
    store "$ALPACA_SECRET" "$SECRET_VALUE"
    if has mongodb "$CHOICES"; then store "$MONGODB" "$MONGODB_VALUE"; fi
    if [ "$STORES_NOTIFY" != no ]; then store "$NOTIFY" "$NOTIFY_VALUE"; fi
    if [ "$STORES_HEARTBEAT" != no ]; then store "$HEARTBEAT" "$HEARTBEAT_VALUE"; fi
}

# What the image is made from: other files beside change nothing.
readonly BUILT=(.ci .dockerignore Benchmarks Dockerfile LICENSE Makefile Package.swift Sources Tests cloud/cloudbuild.yaml)

# The commit that the image is built from; nothing when what it is made from has changes that are not committed, or new
# files, or there is no git.
revision() {
    local changes
    if changes=$(git -C "$CLOUD/.." status --porcelain -- "${BUILT[@]}" 2>/dev/null) && [ -z "$changes" ]; then
        git -C "$CLOUD" rev-parse HEAD
    fi
}

build_image() {
    if [ -n "$IMAGE" ]; then return; fi
    step "The image, built from the Dockerfile unless this commit's is there"
    bucket "$BUILD_BUCKET" lifecycle-build.json "$(account build)" roles/storage.objectViewer
    run projects add-iam-policy-binding "$PROJECT" "--member=serviceAccount:$(account build)" \
        --role=roles/logging.logWriter --condition=None
    local repository=("$NAME" "--location=$REGION" "--project=$PROJECT")
    look artifacts repositories describe "${repository[@]}"
    if_absent artifacts repositories create "${repository[@]}" --repository-format=docker "--labels=app=$NAME"
    run artifacts repositories set-cleanup-policies "${repository[@]}" "--policy=$CLOUD/cleanup.json"
    run artifacts repositories add-iam-policy-binding "${repository[@]}" \
        "--member=serviceAccount:$(account build)" --role=roles/artifactregistry.writer
    local registry revision
    registry=$(ask "$REGION-docker.pkg.dev/$PROJECT/$NAME" artifacts repositories describe "${repository[@]}" '--format=value(registryUri)')
    if [ -z "$registry" ]; then
        stop "$FAILED" "gcloud did not tell the repository's address: update it with 'gcloud components update'."
    fi
    revision=$(revision)
    # The image's name: the commit, or the time when there is none.
    IMAGE=$registry/$NAME:${revision:-$(date -u +%Y%m%d-%H%M%S)}
    look artifacts docker images describe "$IMAGE" "--project=$PROJECT"
    if_absent builds submit "$CLOUD/.." "--config=$CLOUD/cloudbuild.yaml" "--substitutions=_IMAGE=$IMAGE,_REVISION=$revision" \
        "--service-account=projects/$PROJECT/serviceAccounts/$(account build)" \
        "--gcs-source-staging-dir=gs://$BUILD_BUCKET/source" "--project=$PROJECT"
}

deploy_service_and_job() {
    local file names="PROJECT RUN_ACCOUNT IMAGE SYMBOLS STRATEGY FEED BUCKET WRITER TASKS"
    step "The service and the job"
    for file in service job; do
        render "$CLOUD/$file.yaml" "$FILES/$file.yaml" "$names" "$CHOICES"
    done
    run run services replace "$FILES/service.yaml" "--region=$REGION" "--project=$PROJECT"
    run run jobs replace "$FILES/job.yaml" "--region=$REGION" "--project=$PROJECT"
    local invoker=("--member=serviceAccount:$(account scheduler)" --role=roles/run.invoker)
    run run services add-iam-policy-binding "$NAME" "${invoker[@]}" "--region=$REGION" "--project=$PROJECT"
    run run jobs add-iam-policy-binding "$JOB" "${invoker[@]}" "--region=$REGION" "--project=$PROJECT"
}

# The array job of sweeps, which nothing starts by itself.
deploy_research_job() {
    step "The job of sweeps: $RESEARCH_TASKS tasks"
    render "$CLOUD/research-job.yaml" "$FILES/research-job.yaml" "PROJECT RUN_ACCOUNT IMAGE FEED BUCKET RESEARCH_TASKS" \
        "$CHOICES"
    run run jobs replace "$FILES/research-job.yaml" "--region=$REGION" "--project=$PROJECT"
}

# schedule ENTRY CRON URI BODY FLAG…: an entry of Cloud Scheduler, New York time.
schedule() {
    local entry=$1
    local flags=("--location=$REGION" "--schedule=$2" --time-zone=America/New_York "--uri=$3" --http-method=post
        "--message-body=$4" --max-retry-attempts=5 --min-backoff=60s --max-backoff=960s --max-doublings=4)
    shift 4
    flags+=("$@" "--project=$PROJECT")
    look scheduler jobs describe "$entry" "--location=$REGION" "--project=$PROJECT"
    if_absent scheduler jobs create http "$entry" "${flags[@]}" --headers=Content-Type=application/json
    if_there scheduler jobs update http "$entry" "${flags[@]}" --update-headers=Content-Type=application/json
}

# Every day, on weekends too: catching up has nothing to do then, or mends what a Friday missed.
schedule_runs() {
    local url
    step "The schedule: the service at 17:00 New York time, the job at 21:00 as a safety net"
    url=$(ask https://SERVICE_URL run services describe "$NAME" "--region=$REGION" "--project=$PROJECT" \
        '--format=value(status.url)')
    schedule "$NIGHTLY" '0 17 * * *' "$url/backtest" '{"catch_up":true}' --attempt-deadline=900s \
        "--oidc-service-account-email=$(account scheduler)" "--oidc-token-audience=$url"
    schedule "$SAFETY_NET" '0 21 * * *' \
        "https://run.googleapis.com/v2/projects/$PROJECT/locations/$REGION/jobs/$JOB:run" '{}' --attempt-deadline=180s \
        "--oauth-service-account-email=$(account scheduler)"
}

# metric NAME FILE
metric() {
    look logging metrics describe "$1" "--project=$PROJECT"
    if_absent logging metrics create "$1" "--config-from-file=$2" "--project=$PROJECT"
    if_there logging metrics update "$1" "--config-from-file=$2" "--project=$PROJECT"
}

make_metrics() {
    local file name FIELD UNIT DESCRIPTION
    step "Metrics, counted from the runs' records in the log"
    for file in "$CLOUD"/metrics/"${NAME//-/_}"_*.yaml; do
        name=$(basename "$file" .yaml)
        render "$file" "$FILES/$name.yaml" RUNS ""
        metric "$name" "$FILES/$name.yaml"
    done
    # shellcheck disable=SC2034  # used by the template
    while read -r FIELD UNIT DESCRIPTION <&4; do
        case $FIELD in \#*) continue ;; esac
        name=${NAME//-/_}_${FIELD//./_}
        render "$CLOUD/metrics/value.yaml" "$FILES/$name.yaml" "RUNS FIELD UNIT DESCRIPTION" ""
        metric "$name" "$FILES/$name.yaml"
    done 4<"$CLOUD/metrics/values.txt"
}

# Where alerts go: the address given, or that of an earlier run.
make_channel() {
    local address="email_address=$ALERT_EMAIL"
    find_name CHANNEL beta monitoring channels list "--filter=$CHANNEL_FILTER" '--format=value(name)' \
        "--project=$PROJECT"
    if [ -n "$ALERT_EMAIL" ]; then
        if_absent beta monitoring channels create --type=email "--display-name=$DASHBOARD_TITLE" \
            "--channel-labels=$address" "--user-labels=app=$NAME" "--project=$PROJECT"
        if_there beta monitoring channels update "$FOUND_NAME" "--update-channel-labels=$address" "--project=$PROJECT"
        if [ "$FOUND" = no ]; then
            FOUND_NAME=$(ask CHANNEL beta monitoring channels list "--filter=$CHANNEL_FILTER" '--format=value(name)' \
                "--project=$PROJECT")
        fi
    elif [ -z "$FOUND_NAME" ]; then
        say "# No --alert-email: alerts are shown in the console only."
    fi
}

make_alerts() {
    local file channel create=() update=()
    step "Alerts, and whom they tell"
    make_channel
    channel=$FOUND_NAME
    if [ -n "$channel" ]; then
        create=("--notification-channels=$channel")
        update=("--set-notification-channels=$channel")
    fi
    for file in "$CLOUD"/alerts/*.yaml; do
        find_name POLICY alpha monitoring policies list \
            "--filter=userLabels.app=\"$NAME\" AND userLabels.alert=\"$(basename "$file" .yaml)\"" \
            '--format=value(name)' "--project=$PROJECT"
        if_absent alpha monitoring policies create "--policy-from-file=$file" ${create[@]+"${create[@]}"} \
            "--project=$PROJECT"
        if_there alpha monitoring policies update "$FOUND_NAME" "--policy-from-file=$file" \
            ${update[@]+"${update[@]}"} "--project=$PROJECT"
    done
}

make_dashboard() {
    local ETAG='' choice='' file=$FILES/dashboard.yaml
    step "The dashboard"
    find_name DASHBOARD monitoring dashboards list "--filter=displayName=\"$DASHBOARD_TITLE\"" '--format=value(name)' \
        "--project=$PROJECT"
    if [ "$FOUND" = both ]; then
        # The file of a dry run makes a new dashboard: the tag that an update wants is not known.
        ask '' monitoring dashboards describe "$FOUND_NAME" '--format=value(etag)' "--project=$PROJECT" >/dev/null
    elif [ "$FOUND" = yes ]; then
        # shellcheck disable=SC2034  # used by the template
        ETAG=$(ask ETAG monitoring dashboards describe "$FOUND_NAME" '--format=value(etag)' "--project=$PROJECT")
        choice=etag
    fi
    render "$CLOUD/dashboard.yaml" "$file" ETAG "$choice"
    if_absent monitoring dashboards create "--config-from-file=$file" "--project=$PROJECT"
    if_there monitoring dashboards update "$FOUND_NAME" "--config-from-file=$file" "--project=$PROJECT"
}
