#!/usr/bin/env bash
# Makes or updates everything that the nightly run needs in a Google Cloud project. See --help and docs/deploy.md.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

help() {
    cat <<TEXT
usage: $SCRIPT --project P --region R --symbols S[,S...] [options]

Builds the image, and makes or updates bucket, secrets, service accounts, service, job, schedule, metrics, alerts and
dashboard. It can be run again at any time: what is there is updated, nothing is made twice, and after a failure it
goes on where it stopped. docs/deploy.md says what is made and why.

  --project P        project id
  --region R         region of everything, for instance us-east4
  --symbols S,S      ticker symbols
  --strategy NAME    the playbook (default: dp20)
  --playbooks DIR    copy the playbook files of DIR into the bucket, so that --strategy may name one of them
  --feed NAME        Alpaca's feed (default: sip, or iex where the plan has none)
  --writer W         where the journal goes: gcs, mongodb or gcs,mongodb (default: gcs)
  --bucket B         bucket of the journal and the cache (default: P-$NAME)
  --research-tasks N also make the job $RESEARCH_JOB, whose N tasks share a sweep (docs/research.md)
  --alert-email E    who is told of alerts; without it alerts are shown in the console only
  --no-notify        post no summaries and failures any more, and delete the stored NOTIFY_URL
  --no-heartbeat     call no HEARTBEAT_URL after runs any more, and delete the stored one
  --image I          deploy this image instead of building one
  --files DIR        keep the filled-in files in DIR
  --dry-run          print every gcloud command, and call none
  --yes              do not ask before starting (asked only on a terminal)

Secrets come from the environment, or are asked for on a terminal when they are not stored yet:
  ALPACA_API_KEY, ALPACA_SECRET_KEY   always
  MONGODB_CONNECTION                  for the writer mongodb
  NOTIFY_URL                          optional: a webhook to post summaries and failures to
  HEARTBEAT_URL                       optional: a watch that is called after each run, and misses a night without one
They are stored in Secret Manager and appear in no command line and no output.

Exit codes: 0 done; 64 the command line is wrong; 69 gcloud is missing, not logged in, or does not see the project;
70 a step failed, run it again; 78 a secret is missing, or something that should stay here would be uploaded.
TEXT
}

SYMBOLS='' STRATEGY=dp20 FEED='' WRITER=gcs ALERT_EMAIL='' IMAGE='' FILES='' PLAYBOOKS='' RESEARCH_TASKS=''
NOTIFYING=yes HEARTBEATING=yes
while [ $# -gt 0 ]; do
    case $1 in
    --project) PROJECT=$(value "$@"); shift ;;
    --region) REGION=$(value "$@"); shift ;;
    --symbols) SYMBOLS=$(value "$@"); shift ;;
    --strategy) STRATEGY=$(value "$@"); shift ;;
    --playbooks) PLAYBOOKS=$(value "$@"); shift ;;
    --feed) FEED=$(value "$@"); shift ;;
    --writer) WRITER=$(value "$@"); shift ;;
    --bucket) BUCKET=$(value "$@"); shift ;;
    --research-tasks) RESEARCH_TASKS=$(value "$@"); shift ;;
    --alert-email) ALERT_EMAIL=$(value "$@"); shift ;;
    --no-notify) NOTIFYING=no ;;
    --no-heartbeat) HEARTBEATING=no ;;
    --image) IMAGE=$(value "$@"); shift ;;
    --files) FILES=$(value "$@"); shift ;;
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
if [ -z "$SYMBOLS" ]; then stop "$USAGE" "--symbols is missing, for instance QQQ,SPY. See $SCRIPT --help."; fi
check --symbols "$SYMBOLS" '[A-Z][A-Z0-9.]{0,9}(,[A-Z][A-Z0-9.]{0,9}){0,49}' 'up to 50 ticker symbols, separated by commas'
check --strategy "$STRATEGY" '[a-z0-9-]+' 'the name of a playbook; trading-playbook strategies lists them'
PLAYBOOK_FILES=()
if [ -n "$PLAYBOOKS" ]; then
    for file in "$PLAYBOOKS"/*.yaml "$PLAYBOOKS"/*.yml "$PLAYBOOKS"/*.json; do
        if [ -f "$file" ]; then PLAYBOOK_FILES+=("$file"); fi
    done
    if [ ${#PLAYBOOK_FILES[@]} -eq 0 ]; then
        stop "$USAGE" "--playbooks: there are no playbook files (.yaml, .yml, .json) in '$PLAYBOOKS'."
    fi
fi
if [ -n "$FEED" ]; then check --feed "$FEED" '[a-z_]+' "the name of one of Alpaca's feeds: iex, sip"; fi
check --writer "$WRITER" 'gcs|mongodb|gcs,mongodb|mongodb,gcs' 'gcs, mongodb or gcs,mongodb'
if [ -n "$RESEARCH_TASKS" ]; then
    check --research-tasks "$RESEARCH_TASKS" '[1-9][0-9]{0,3}' 'a number of tasks, 1 to 9999'
fi
if [ -n "$ALERT_EMAIL" ]; then
    check --alert-email "$ALERT_EMAIL" '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+' 'an e-mail address'
fi
if [ -n "$IMAGE" ]; then
    check --image "$IMAGE" '[A-Za-z0-9][A-Za-z0-9._/:@-]*' 'the address of an image'
fi

if [ "$NOTIFYING" = no ] && [ -n "${NOTIFY_URL:-}" ]; then
    stop "$USAGE" "--no-notify, but NOTIFY_URL is set: unset it, or leave --no-notify out."
fi
if [ "$HEARTBEATING" = no ] && [ -n "${HEARTBEAT_URL:-}" ]; then
    stop "$USAGE" "--no-heartbeat, but HEARTBEAT_URL is set: unset it, or leave --no-heartbeat out."
fi

# What the templates are filled with. A task of the job for each symbol, eight at most.
RUN_ACCOUNT=$(account run)
TASKS=$(printf '%s\n' "$SYMBOLS" | tr ',' '\n' | wc -l | tr -d ' ')
# shellcheck disable=SC2034  # used by templates
TASKS=$((TASKS > 8 ? 8 : TASKS))
BUILD_BUCKET=$BUCKET-build
CHOICES=${WRITER//,/ }
if [ -n "$FEED" ]; then CHOICES+=' feed'; fi
if [ -n "$PLAYBOOKS" ]; then CHOICES+=' playbooks'; fi

# shellcheck source-path=SCRIPTDIR source=steps.sh
source "$CLOUD/steps.sh"

check_gcloud
if [ -n "$FILES" ]; then mkdir -p "$FILES"; else FILES=$WORK; fi

say "# Project $PROJECT, region $REGION: the service $NAME, the job $JOB, two entries of Cloud Scheduler,"
say "# the bucket gs://$BUCKET, secrets, three service accounts, metrics, alerts and a dashboard are made or updated."
say "# Symbols $SYMBOLS, playbook $STRATEGY, journal in ${WRITER//,/ and }. Nothing else in the project is touched."
collect_secrets
check_upload
confirm "Go ahead?"

enable_services
make_accounts
make_bucket
if [ -n "$PLAYBOOKS" ]; then copy_playbooks; fi
store_secrets
build_image
deploy_service_and_job
if [ -n "$RESEARCH_TASKS" ]; then deploy_research_job; fi
if [ "$NOTIFYING" = no ]; then forget "$NOTIFY" "No notifications any more"; fi
if [ "$HEARTBEATING" = no ]; then forget "$HEARTBEAT" "No calls after runs any more"; fi
schedule_runs
make_metrics
make_alerts
make_dashboard

step "Done"
if [ "$DRY_RUN" = yes ]; then
    say "# Nothing was called: this was a dry run. SERVICE_URL, CHANNEL, POLICY and DASHBOARD stand for what gcloud"
    say "# answers. The files that are filled in can be applied once what they name is there."
else
    say "Try it now:      gcloud scheduler jobs run $NIGHTLY --location=$REGION --project=$PROJECT"
    say "Fill in history: gcloud run jobs execute $JOB --args=backtest,--catch-up,--cloud,--start,2025-01-02 --wait" \
        "--region=$REGION --project=$PROJECT"
    say "Then read on in docs/deploy.md."
fi
