#!/bin/sh
# Runs a throwaway PostgreSQL that writes durably, for measurements. Prints one line, the connection string of an empty
# database, once the server answers; stops the server and deletes its data when standard input ends.
# Exit code 3: PostgreSQL is not installed.
set -eu

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ]; then
    echo "PostgreSQL is not installed: apt-get install postgresql" >&2
    exit 3
fi

# The server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/ sh "$(readlink -f "$0")"
fi

cd /
folder=$(mktemp -d "${TMPDIR:-/tmp}/kera-bench-postgres-XXXXXX")
stop() {
    "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP
chmod 755 "$folder"

"$programs/initdb" -D "$folder/data" -U kera --auth=trust --encoding=UTF8 --locale=C >"$folder/initdb.log" 2>&1 \
    || { cat "$folder/initdb.log" >&2; exit 1; }
# Only a socket in its own folder: no port to be taken by another.
"$programs/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w \
    -o "-k $folder -c listen_addresses= -c fsync=on -c synchronous_commit=on -c shared_buffers=512MB -c max_wal_size=4GB -c max_connections=200" \
    start >/dev/null 2>&1 \
    || { cat "$folder/server.log" >&2; exit 1; }

"$programs/createdb" -h "$folder" -U kera bench
echo "Host=$folder;Username=kera;Database=bench"
while read -r _; do :; done
