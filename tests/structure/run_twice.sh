#!/usr/bin/env bash
# What run.sh asks of others the first time, the second time, and with and without a display. The
# package manager, CMake, Ninja and the program are stand-ins that write down what they were asked.
#   run_twice.sh SOURCE
set -uo pipefail
source="$1"
tree="$(mktemp -d)"
trap 'rm -rf "$tree"' EXIT
failed=0
wrong() {
    echo "$*"
    sed 's/^/    /' "$CALLS" "$tree/said"
    failed=1
}

mkdir -p "$tree/tools" "$tree/dự án/third_party"
cp "$source/run.sh" "$source/CMakePresets.json" "$tree/dự án/"
cp "$source"/third_party/packages.* "$tree/dự án/third_party/"
export CALLS="$tree/calls" ABSENT="$tree/absent"
echo fonts-noto-core >"$ABSENT"

tool() { cat >"$tree/tools/$1" && chmod +x "$tree/tools/$1"; }
tool dpkg-query <<'END'
#!/usr/bin/env bash
shift 3
for package in "$@"; do grep -qxF "$package" "$ABSENT" || echo "installed $package"; done
END
tool apt-get <<'END'
#!/usr/bin/env bash
echo "apt-get $*" >>"$CALLS"
case "$*" in *" install "*) : >"$ABSENT" ;; esac
END
tool sudo <<'END'
#!/usr/bin/env bash
exec "$@"
END
tool cmake <<'END'
#!/usr/bin/env bash
echo "cmake $*" >>"$CALLS"
touch build/release/build.ninja
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/release/CMakeCache.txt
END
tool ninja <<'END'
#!/usr/bin/env bash
program="$2/src/diaban"
if [ "$3" = -n ]; then
    [ -x "$program" ] && echo "ninja: no work to do." || echo "[1/1] Linking"
    exit
fi
echo "ninja $*" >>"$CALLS"
mkdir -p "$2/src"
cat >"$program" <<'PROGRAM'
#!/usr/bin/env bash
echo "diaban $*" >>"$CALLS"
[ "$1" = sample ] && mkdir -p "$2" && echo '{"version": 1}' >"$2/tinh_mau.diaban"
[ "$1" = map ] && touch "$5"
exit 0
PROGRAM
chmod +x "$program"
END

run() {
    : >"$CALLS"
    (cd / && env -u WAYLAND_DISPLAY PATH="$tree/tools:$PATH" "$@" "$tree/dự án/run.sh") >"$tree/said" 2>&1 ||
        wrong "run.sh failed"
}
asked() { grep -c "$@" "$CALLS"; }

run env -u DISPLAY
[ "$(asked '^apt-get .* install .*fonts-noto-core')" = 1 ] || wrong "the missing package was not installed"
[ "$(asked '^cmake --preset release')" = 1 ] || wrong "the first run did not configure"
[ "$(asked '^ninja ')" = 1 ] || wrong "the first run did not build"
[ "$(asked '^diaban sample ')" = 1 ] || wrong "the first run wrote no sample"
[ "$(asked '^diaban map ')" = 3 ] || wrong "the first run drew no three maps"
grep -q 'no display' "$tree/said" || wrong "that there is no display was not said"
for end in png svg pdf; do
    [ -e "$tree/dự án/out/maps/tinh_mau.$end" ] || wrong "out/maps/tinh_mau.$end is missing"
done

run env -u DISPLAY
[ "$(asked -v '^diaban map ')" = 0 ] || wrong "the second run did more than draw the maps"

run env DISPLAY=:99
[ "$(cat "$CALLS")" = "diaban view $tree/dự án/out/sample/tinh_mau.diaban" ] ||
    wrong "with a display the second run did not just open the sample"

# A newer program writes the sample again, unless somebody has worked on it.
touch -d '+1 minute' "$tree/dự án/build/release/src/diaban"
run env DISPLAY=:99
[ "$(asked '^diaban sample ')" = 1 ] || wrong "a newer program did not renew the sample"
echo 'numbers of ours' >"$tree/dự án/out/sample/tinh_mau.sqlite"
touch -d '+2 minutes' "$tree/dự án/build/release/src/diaban"
run env DISPLAY=:99
[ "$(asked '^diaban sample ')" = 0 ] || wrong "a store that was worked on was written over"
rm "$tree/dự án/out/sample/tinh_mau.sqlite"
echo '{"version": 1, "title": "ours"}' >"$tree/dự án/out/sample/tinh_mau.diaban"
touch -d '+2 minutes' "$tree/dự án/build/release/src/diaban"
run env DISPLAY=:99
[ "$(asked '^diaban sample ')" = 0 ] || wrong "a project that was worked on was written over"

# A tree that was moved is configured afresh.
sed -i 's|=.*|=/elsewhere|' "$tree/dự án/build/release/CMakeCache.txt"
run env DISPLAY=:99
[ "$(asked '^cmake .*--fresh')" = 1 ] || wrong "a moved tree was not configured afresh"

exit "$failed"
