#!/bin/sh
# /usr/bin/rolecall. The questions that shells and the AWS CLI ask each minute go to the running app
# through the system's own Python, which starts in a tenth of the frozen program's time; when the app
# gives no answer, or there is no such Python, the program itself is started.
app=/usr/lib/rolecall
case "${1-}" in
    list | status | credential-process)
        if [ -x /usr/bin/python3 ]; then
            exec /usr/bin/python3 -S -E -B "$app/ask.py" "$@"
        fi
        ;;
esac
exec "$app/rolecall" "$@"
