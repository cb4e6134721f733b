# What deploy.sh and destroy.sh share: names, options, running gcloud or only showing it. Sourced, not run.
# Bash 3.2 is enough.
# shellcheck shell=bash
# shellcheck disable=SC2034  # what is defined here is used there, and by templates

readonly OK=0 USAGE=64 NO_GCLOUD=69 FAILED=70 CONFIGURATION=78

readonly NAME=trading-playbook
readonly JOB=$NAME-catch-up RESEARCH_JOB=$NAME-research
readonly NIGHTLY=$NAME-nightly SAFETY_NET=$NAME-safety-net
readonly DASHBOARD_TITLE="Trading playbook"
readonly CHANNEL_FILTER="userLabels.app=\"$NAME\""
readonly SECRETS=("$NAME-alpaca-api-key" "$NAME-alpaca-secret-key" "$NAME-mongodb-connection" "$NAME-notify-url"
    "$NAME-heartbeat-url")
# The records that metrics are made from.
readonly RUNS="jsonPayload.event=\"run_completed\" AND \
(resource.labels.service_name=\"$NAME\" OR resource.labels.job_name=\"$JOB\")"

SCRIPT=$(basename "$0")
CLOUD=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SCRIPT CLOUD

PROJECT='' REGION='' BUCKET='' DRY_RUN=no YES=no
FOUND=no      # whether `look` or `find_name` found something: yes, no, or both in a dry run
FOUND_NAME='' # what `find_name` found
QUOTED=''     # what `quote` made
STEP=''       # what is being done, for the message when it fails

# Lines about what is done go to standard output, also from within $(…).
exec 3>&1

say() { printf '%s\n' "$*" >&3; }

# stop CODE MESSAGE…: a line for each message, and the end.
stop() {
    local code=$1 line
    shift
    for line in "$@"; do printf '%s: %s\n' "$SCRIPT" "$line" >&2; done
    exit "$code"
}

step() {
    STEP=$1
    say ""
    say "# $1"
}

# Sets QUOTED to an argument as a shell reads it back.
quote() {
    local flag='' text=$1
    if [[ $text =~ ^(--[a-z-]+=)(.*)$ ]]; then
        flag=${BASH_REMATCH[1]}
        text=${BASH_REMATCH[2]}
    fi
    case $text in
    *\'*) text=$(printf '%q' "$text") ;;
    '' | *[!A-Za-z0-9_./:=,@%+-]*) text="'$text'" ;;
    esac
    QUOTED=$flag$text
}

show() {
    local line=gcloud argument
    for argument in "$@"; do
        quote "$argument"
        line+=" $QUOTED"
    done
    say "$line"
}

# failed COMMAND…: ends with what failed and what to do.
failed() {
    stop "$FAILED" "failed: ${STEP:-gcloud $1 $2}. What gcloud says is above." \
        "What is done stays. Put right what the message names and run the same command again: it goes on from there."
}

# Errors that pass within minutes: APIs, accounts, roles and metrics that were made or granted a moment ago.
PASSING='recently|[Ss]ervice account .* does not exist|[aA]ctAs. denied on service account|Cannot find metric'
PASSING+='|Permission denied on secret|could not resolve source|must have permission to read the image'
readonly PASSING

# run COMMAND…: shows the gcloud command and, but for a dry run, runs it; again while an error may pass.
run() {
    local pause=5 left=20
    show "$@"
    if [ "$DRY_RUN" = yes ]; then return; fi
    until gcloud "$@" 2>"$WORK/error"; do
        cat "$WORK/error" >&2
        if [ "$left" = 0 ] || ! grep -qE "$PASSING" "$WORK/error"; then failed "$@"; fi
        left=$((left - 1))
        say "# That may pass: again in $pause s."
        sleep "$pause"
        pause=$((pause < 30 ? pause * 2 : 30))
    done
    if [ -s "$WORK/error" ]; then cat "$WORK/error" >&2; fi
}

# ask PLACEHOLDER COMMAND…: what gcloud answers; the placeholder in a dry run.
ask() {
    local placeholder=$1
    shift
    show "$@"
    if [ "$DRY_RUN" = yes ]; then
        printf '%s\n' "$placeholder"
        return
    fi
    gcloud "$@" || failed "$@"
}

# look COMMAND…: sets FOUND to whether the describing command finds what it describes.
look() {
    show "$@"
    if [ "$DRY_RUN" = yes ]; then
        FOUND=both
    elif gcloud "$@" >/dev/null 2>"$WORK/error"; then
        FOUND=yes
    else
        FOUND=no
    fi
}

# find_name PLACEHOLDER COMMAND…: the same for a listing command; sets FOUND_NAME to the first name in the list.
find_name() {
    FOUND_NAME=$(ask "$@")
    FOUND_NAME=${FOUND_NAME%%$'\n'*}
    if [ "$DRY_RUN" = yes ]; then FOUND=both; elif [ -n "$FOUND_NAME" ]; then FOUND=yes; else FOUND=no; fi
}

# if_absent COMMAND…, if_there COMMAND…: run it as FOUND says; a dry run shows both.
if_absent() {
    if [ "$FOUND" = yes ]; then return; fi
    if [ "$FOUND" = both ]; then say "# if it is not there:"; fi
    run "$@"
}

if_there() {
    if [ "$FOUND" = no ]; then return; fi
    if [ "$FOUND" = both ]; then say "# if it is there:"; fi
    run "$@"
}

account() { printf '%s@%s.iam.gserviceaccount.com' "$NAME-$1" "$PROJECT"; }

# value OPTION [ARGUMENT…]: the argument of an option, which must be there.
value() {
    if [ $# -lt 2 ] || [ -z "$2" ] || [ "${2#--}" != "$2" ]; then
        stop "$USAGE" "$1 needs a value. See $SCRIPT --help."
    fi
    printf '%s' "$2"
}

# check OPTION VALUE PATTERN WHAT: stops unless the whole value matches.
check() {
    if [[ ! $2 =~ ^($3)$ ]]; then stop "$USAGE" "$1 '$2': $4."; fi
}

# What both scripts check of their options.
check_place() {
    if [ -z "$PROJECT" ]; then stop "$USAGE" "--project is missing. See $SCRIPT --help."; fi
    if [ -z "$REGION" ]; then stop "$USAGE" "--region is missing, for instance us-east4. See $SCRIPT --help."; fi
    check --project "$PROJECT" '[a-z][a-z0-9-]{4,28}[a-z0-9]' 'a project id is 6 to 30 small letters, digits and hyphens'
    check --region "$REGION" '[a-z]+-[a-z]+[0-9]+' 'a region is written like us-east4'
    BUCKET=${BUCKET:-$PROJECT-$NAME}
    # The bucket for builds is called the same, with six letters more.
    check --bucket "$BUCKET" '[a-z0-9][a-z0-9_-]{1,55}[a-z0-9]' \
        'a name of 3 to 57 small letters, digits, hyphens and underscores, without gs://'
}

# The program gcloud, logged in, and the project within reach.
check_gcloud() {
    WORK=$(mktemp -d)
    trap 'rm -rf "$WORK"' EXIT
    if [ "$DRY_RUN" = yes ]; then return; fi
    if ! command -v gcloud >/dev/null; then
        stop "$NO_GCLOUD" "gcloud is not installed: install the Google Cloud CLI and log in with: gcloud auth login"
    fi
    # Questions of gcloud's own get its default answer.
    export CLOUDSDK_CORE_DISABLE_PROMPTS=1
    local there component missing=''
    there=$(gcloud components list --only-local-state '--format=value(id)' 2>/dev/null | tr '\n' ' ') || there=''
    for component in alpha beta; do
        if ! has "$component" "$there"; then missing+=" $component"; fi
    done
    if [ -n "$missing" ]; then
        stop "$NO_GCLOUD" "gcloud lacks what alerts are managed with: install it with 'gcloud components install$missing', or" \
            "as a package of your system. Nothing was made."
    fi
    if ! gcloud projects describe "$PROJECT" '--format=value(projectId)' >/dev/null 2>"$WORK/error"; then
        cat "$WORK/error" >&2
        stop "$NO_GCLOUD" "project $PROJECT is out of reach: log in with 'gcloud auth login', and look whether it is listed by 'gcloud projects list'."
    fi
}

# confirm QUESTION: asks on a terminal, unless --yes was given.
confirm() {
    local answer
    if [ "$DRY_RUN" = yes ] || [ "$YES" = yes ] || [ ! -t 0 ]; then return; fi
    read -r -p "$1 [y/N] " answer
    case $answer in
    y | Y | yes) ;;
    *) stop "$OK" "nothing was done." ;;
    esac
}

# has WORD LIST: whether the word stands in the list, whose words are separated by spaces.
has() { case " $2 " in *" $1 "*) return 0 ;; *) return 1 ;; esac }

# render TEMPLATE TARGET "NAME…" "CHOICE…": fills ${NAME} from the variables named, and leaves out lines that end in
# `# only: X` unless X was chosen, and remarks. A name that is not in the list is an error: nothing is filled in by
# accident.
render() {
    local line name before
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in \#*) continue ;; esac
        if [[ $line =~ ^(.*[^ ])\ +#\ only:\ ([a-z]+)$ ]]; then
            if ! has "${BASH_REMATCH[2]}" "$4"; then continue; fi
            line=${BASH_REMATCH[1]}
        fi
        before=''
        while [[ $line == *\$\{*\}* ]]; do
            name=${line#*\$\{}
            name=${name%%\}*}
            if ! has "$name" "$3"; then stop "$FAILED" "$1: \${$name} is not a name that is filled in"; fi
            before+=${line%%\$\{*}${!name}
            line=${line#*\$\{*\}}
        done
        printf '%s\n' "$before$line"
    done <"$1" >"$2"
}
