"""The functions that `rolecall shell-init` prints: `rc`, `rc_prompt` and completion, for bash, zsh and fish.

Constant text: nothing is ever put into it. `rc_prompt` runs before each prompt and starts no process:
it reads the shell's own clock and counts with the shell's own arithmetic. It sets

    RC_PROMPT   "prod-admin 42 min", "prod-admin expired", or nothing
    RC_MINUTES  whole minutes left, or nothing

The day count is that of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
"""

from __future__ import annotations

from typing import Final

_COMMANDS: Final = (
    "list status login export credential-process exec console explain forget wire unwire write unwrite "
    "journal trust identity-center role key mfa client-secret doctor shell-init demo"
)
_ROLE_COMMANDS: Final = (
    "login|export|credential-process|exec|console|explain|forget|wire|write|trust|client-secret"
)
"""A test holds both against the parser: to ask it here would make every new shell wait for it."""

_BASH: Final = r"""
rc() {
    local lines
    case ${1-} in
        '' | -h | --help)
            printf '%s\n' 'usage: rc ROLE [--mfa-stdin] [--duration TIME] [--read-only] ...' '       rc --unset' >&2
            return 2 ;;
    esac
    lines=$(command rolecall shell-init bash "$@") || return
    eval "$lines"
    rc_prompt
}

rc_prompt() {
    local before=$? now=${EPOCHSECONDS-} y m d end left
    RC_PROMPT=${ROLECALL_ROLE-} RC_MINUTES=
    [[ $RC_PROMPT ]] || return "$before"
    [[ $now ]] || printf -v now '%(%s)T' -1 2>/dev/null || return "$before"
    [[ ${AWS_CREDENTIAL_EXPIRATION-} =~ ^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z$ ]] ||
        return "$before"
    y=$((10#${BASH_REMATCH[1]})) m=$((10#${BASH_REMATCH[2]})) d=$((10#${BASH_REMATCH[3]}))
    ((m > 2)) && m=$((m - 3)) || { m=$((m + 9)) y=$((y - 1)); }
    d=$((365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 719469))
    end=$((d * 86400 + 10#${BASH_REMATCH[4]} * 3600 + 10#${BASH_REMATCH[5]} * 60 + 10#${BASH_REMATCH[6]}))
    left=$((end - now))
    if ((left > 0)); then
        RC_MINUTES=$((left / 60))
        RC_PROMPT+=" $RC_MINUTES min"
    else
        RC_MINUTES=0
        RC_PROMPT+=' expired'
    fi
    return "$before"
}

case ";${PROMPT_COMMAND-};" in
    *rc_prompt*) ;;
    *) PROMPT_COMMAND="rc_prompt${PROMPT_COMMAND:+; $PROMPT_COMMAND}" ;;
esac

# Offers role names for the word that begins at COMP_WORDS[$1].
_rc_names() {
    local IFS= word plain= line name cut= breaks= char
    # Bash cuts words at some characters that a name may hold, and puts its answer behind the last.
    word="${COMP_WORDS[*]:$1:COMP_CWORD-$1+1}"
    COMPREPLY=()
    [[ ${COMP_LINE:0:COMP_POINT} == *"$word" ]] || return 0
    for char in : = @; do
        [[ $COMP_WORDBREAKS == *"$char"* ]] && breaks+=$char
    done
    [[ $breaks ]] && cut=${word%"${word##*["$breaks"]}"}
    case $word in
        [\'\"]*) plain=yes word=${word:1} cut=${cut#[\'\"]} ;;
    esac
    word=${word//\\/}
    while IFS= read -r line; do
        name=${line%%  *}
        [[ $name == "$word"* ]] || continue
        # Inside quotes that are open already, only what needs none is offered.
        if [[ $plain ]]; then
            [[ $name == *[!A-Za-z0-9_@%+=:,./-]* ]] && continue
        else
            printf -v name '%q' "$name"
        fi
        [[ $name == "$cut"* ]] && COMPREPLY+=("${name#"$cut"}")
    done < <(command rolecall list 2>/dev/null | { read -r && exec cat; })
}

_rc() {
    COMPREPLY=()
    if [[ ${COMP_WORDS[COMP_CWORD]} != -* ]]; then
        _rc_names 1
    elif ((COMP_CWORD == 1)); then
        COMPREPLY=(--unset)
    fi
}

_rc_rolecall() {
    local word=${COMP_WORDS[COMP_CWORD]} name
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        for name in @COMMANDS@; do
            [[ $name == "$word"* ]] && COMPREPLY+=("$name")
        done
        return 0
    fi
    case ${COMP_WORDS[1]} in
        @ROLE_COMMANDS@) [[ $word == -* ]] || _rc_names 2 ;;
    esac
}

complete -F _rc rc
complete -o default -F _rc_rolecall rolecall
"""

_ZSH: Final = r"""
zmodload zsh/datetime 2>/dev/null

rc() {
    emulate -L zsh
    local lines
    case ${1-} in
        ('' | -h | --help)
            print -ru2 -- 'usage: rc ROLE [--mfa-stdin] [--duration TIME] [--read-only] ...'
            print -ru2 -- '       rc --unset'
            return 2 ;;
    esac
    lines=$(command rolecall shell-init zsh "$@") || return
    eval "$lines"
    rc_prompt
}

rc_prompt() {
    local before=$?
    emulate -L zsh
    local MATCH MBEGIN MEND y m d end left
    local -a match mbegin mend
    # A percent sign would be taken for an escape by whatever prompt this is put into.
    typeset -g RC_PROMPT=${${ROLECALL_ROLE-}//\%/%%} RC_MINUTES=
    [[ -n $RC_PROMPT && -n ${EPOCHSECONDS-} ]] || return $before
    [[ ${AWS_CREDENTIAL_EXPIRATION-} =~ '^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z$' ]] ||
        return $before
    (( y = 10#$match[1], m = 10#$match[2], d = 10#$match[3] ))
    if (( m > 2 )); then (( m -= 3 )); else (( m += 9, y -= 1 )); fi
    (( d = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 719469 ))
    (( end = d * 86400 + 10#$match[4] * 3600 + 10#$match[5] * 60 + 10#$match[6] ))
    (( left = end - EPOCHSECONDS ))
    if (( left > 0 )); then
        RC_MINUTES=$(( left / 60 ))
        RC_PROMPT+=" $RC_MINUTES min"
    else
        RC_MINUTES=0
        RC_PROMPT+=' expired'
    fi
    return $before
}

autoload -Uz add-zsh-hook
add-zsh-hook precmd rc_prompt

_rc_names() {
    emulate -L zsh
    local line
    local -a names
    while IFS= read -r line; do
        names+=("${line%%  *}")
    done < <(command rolecall list 2>/dev/null)
    shift names
    compadd "$@" -- "${names[@]}"
}

_rc() {
    emulate -L zsh
    (( CURRENT == 2 )) || return 1
    [[ $words[2] == -* ]] && { compadd -- --unset; return }
    _rc_names
}

_rc_rolecall() {
    emulate -L zsh
    if (( CURRENT == 2 )); then
        compadd -- @COMMANDS@
        return
    fi
    case $words[2] in
        (@ROLE_COMMANDS@) [[ $words[CURRENT] == -* ]] || _rc_names ;;
    esac
}

if (( ${+functions[compdef]} )); then
    compdef _rc rc
    compdef _rc_rolecall rolecall
fi
"""

_FISH: Final = r"""
function __rc_uptime
    # /proc/uptime counts what the machine has slept as well (proc(5)).
    read -l up rest 2>/dev/null </proc/uptime
    and string split -f 1 . -- $up
end

function __rc_set_clock
    set -g __rc_boot
    test -r /proc/uptime
    and set -g __rc_boot (math (command date +%s) - (__rc_uptime))
end

function rc --description 'Switch this shell to an AWS role'
    if not set -q argv[1]; or contains -- "$argv[1]" -h --help
        printf '%s\n' 'usage: rc ROLE [--mfa-stdin] [--duration TIME] [--read-only] ...' '       rc --unset' >&2
        return 2
    end
    set -l lines (command rolecall shell-init fish $argv)
    or return
    string join \n -- $lines | source
    __rc_set_clock
    rc_prompt
end

function rc_prompt --on-event fish_prompt
    set -g RC_MINUTES
    set -g RC_PROMPT
    set -q ROLECALL_ROLE[1]
    or return 0
    set -g RC_PROMPT "$ROLECALL_ROLE"
    set -l t (string match -r -- '^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$' "$AWS_CREDENTIAL_EXPIRATION")
    or return 0
    set -l now
    if test -n "$__rc_boot"
        set now (math $__rc_boot + (__rc_uptime))
    else
        # No clock without a process here: fish has none of its own, and this is not Linux.
        set now (command date +%s)
    end
    set -l y $t[2]
    set -l m (math $t[3] - 3)
    if test $m -lt 0
        set m (math $m + 12)
        set y (math $y - 1)
    end
    set -l leap "floor($y / 4) - floor($y / 100) + floor($y / 400)"
    set -l days (math "365 * $y + $leap + floor((153 * $m + 2) / 5) + $t[4] - 719469")
    set -l left (math "$days * 86400 + $t[5] * 3600 + $t[6] * 60 + $t[7] - $now")
    if test $left -gt 0
        set -g RC_MINUTES (math "floor($left / 60)")
        set -g RC_PROMPT "$ROLECALL_ROLE $RC_MINUTES min"
    else
        set -g RC_MINUTES 0
        set -g RC_PROMPT "$ROLECALL_ROLE expired"
    end
end

__rc_set_clock

function __rc_names
    for line in (command rolecall list 2>/dev/null)[2..]
        string replace -r '  .*' '' -- $line
    end
end

complete -c rc -f
complete -c rc -n '__fish_is_nth_token 1' -a '(__rc_names)'
complete -c rc -n '__fish_is_nth_token 1' -l unset -d 'Leave the role'
complete -c rolecall -n __fish_use_subcommand -f -a '@COMMANDS@'
complete -c rolecall -f -n '__fish_seen_subcommand_from @FISH_ROLE_COMMANDS@' -a '(__rc_names)'
"""


def _completed(script: str) -> str:
    script = script.replace("@FISH_ROLE_COMMANDS@", _ROLE_COMMANDS.replace("|", " "))
    script = script.replace("@ROLE_COMMANDS@", _ROLE_COMMANDS)
    return script.replace("@COMMANDS@", _COMMANDS).lstrip("\n")


FUNCTIONS: Final = {
    "bash": _completed(_BASH),
    "zsh": _completed(_ZSH),
    "fish": _completed(_FISH),
}
"""What `eval "$(rolecall shell-init bash)"` evaluates, by the name of the shell."""
