#!/usr/bin/env bash
# Makes the pictures of README.md from the sample province: docs/screenshots.sh [PROGRAM]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
program="${1:-$here/../build/release/src/diaban}"
[ -x "$program" ] || {
    echo "There is no program at $program; run ./run.sh first, or name one." >&2
    exit 1
}
scratch="$(mktemp -d)"
server=
window=
finish() {
    for process in $window $server; do kill "$process" 2>/dev/null || true; done
    rm -rf "$scratch"
}
trap finish EXIT
export XDG_CACHE_HOME="$scratch/cache" XDG_CONFIG_HOME="$scratch/config" LIBGL_ALWAYS_SOFTWARE=1
mkdir -p "$XDG_CACHE_HOME" "$XDG_CONFIG_HOME"

mkfifo "$scratch/display"
Xvfb -displayfd 3 -noreset -screen 0 1600x900x24 -nolisten tcp 3>"$scratch/display" 2>/dev/null &
server=$!
read -r -t 30 number <"$scratch/display"
export DISPLAY=":$number"

"$program" sample "$scratch/sample" --quiet
"$program" view "$scratch/sample/tinh_mau.diaban" --window 1600x900 --lang vi &
window=$!
sleep 8
xdotool mousemove 760 300 click 1
sleep 2
xdotool mousemove 300 560
sleep 2
import -window root -dither None -colors 255 "$here/images/window.png"
echo "Written: docs/images/window.png"
