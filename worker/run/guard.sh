#!/bin/sh
# The only way ffmpeg, ffprobe and what draws SVG (a script of ours, by Node) are started. It becomes the program (exec), so whoever starts it holds the program's pid.
#
#   guard.sh --guard <program> <parent's pid> <memory KiB> <processor seconds> <file KiB> [argument…]
#   guard.sh [argument…]          ffmpeg without limits, which is how fluent-ffmpeg asks for its lists of formats and encoders
#
# The program dies with its parent, however that ends: an orphan would go on writing while the next attempt runs elsewhere.
set -u
# What reads strangers' files has no use for our secrets.
unset SECRET_KEY DATABASE_URL ADMIN_PASSWORD API_SECRET_KEY

if [ "${1-}" = --armed ]; then
  # From here on our parent's death kills us. Had it died before, we would have been handed to another parent by now.
  [ "$PPID" -eq "$2" ] || exit 143
  shift 2
  # The console and the database come first when they share a machine with the work; nicer than this would starve it.
  exec nice -n 5 "$@"
fi

program=ffmpeg
parent=$PPID
if [ "${1-}" = --guard ]; then
  program=$2
  parent=$3
  ulimit -c 0
  # What some system cannot limit (memory on macOS) must not keep the work from being done.
  ulimit -v "$4" 2>/dev/null || :
  ulimit -t "$5" 2>/dev/null || :
  # POSIX counts files in blocks of 512 bytes.
  ulimit -f $(($6 * 2)) 2>/dev/null || :
  shift 6
fi
case $program in
  ffmpeg | ffprobe | /*/node) ;;
  *) exit 126 ;;
esac

# When memory runs out, Linux should take the encoder rather than the database.
{ echo 500 >/proc/self/oom_score_adj; } 2>/dev/null || :

# Tried rather than looked for: BusyBox has a setpriv that cannot do this.
if setpriv --pdeathsig KILL true 2>/dev/null; then
  exec setpriv --pdeathsig KILL -- "$0" --armed "$parent" "$program" "$@"
fi

# Where the kernel cannot be asked to (macOS, Alpine), a watcher ends us at most a second after our parent. It holds none
# of our pipes.
watched=$$
(
  while kill -0 "$watched"; do
    kill -0 "$parent" || kill -KILL "$watched"
    sleep 1
  done
) </dev/null >/dev/null 2>&1 &
exec "$0" --armed "$parent" "$program" "$@"
