# Reads "hold <process> <signal>" and "let-go <process>" from the supervisor. When the supervisor is gone, also by kill -9,
# the pipe closes: whoever is still held is asked to stop, and after some seconds made to.
held=
while read -r word process signal; do
  case $word in
    hold) held="$held $process:$signal" ;;
    let-go)
      kept=
      for each in $held; do [ "${each%%:*}" = "$process" ] || kept="$kept $each"; done
      held=$kept
      ;;
  esac
done
for each in $held; do kill -s "${each##*:}" "${each%%:*}" 2>/dev/null; done
for second in 1 2 3 4 5 6 7 8 9 10; do
  alive=
  for each in $held; do kill -0 "${each%%:*}" 2>/dev/null && alive="$alive $each"; done
  [ -n "$alive" ] || exit 0
  sleep 1
done
for each in $alive; do kill -s KILL -- "-${each%%:*}" 2>/dev/null; done
