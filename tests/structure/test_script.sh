#!/usr/bin/env bash
# What test.sh says and how it ends: without real data, when they are required, when a test fails.
# The tools that it calls are stand-ins.
#   test_script.sh SOURCE
set -uo pipefail
source="$1"
tree="$(mktemp -d)"
trap 'rm -rf "$tree"' EXIT
failed=0
wrong() {
    echo "$*"
    sed 's/^/    /' "$tree/said"
    failed=1
}

mkdir -p "$tree/tools" "$tree/project/third_party"
cp "$source/test.sh" "$tree/project/"
cp "$source"/third_party/packages.* "$tree/project/third_party/"
export CALLS="$tree/calls" CTEST_ENDS=0

tool() { cat >"$tree/tools/$1" && chmod +x "$tree/tools/$1"; }
tool cmake <<<'echo "cmake $*" >>"$CALLS"'
tool ninja <<<'echo "ninja $*" >>"$CALLS"'
tool ccache <<<'exit 0'
tool Xvfb <<<'echo 99 >&3; exec 3>&-; exec sleep 60'
tool ctest <<'END'
mkdir -p "$2/Testing/Temporary"
echo "skipped (DIABAN_GEODATA is not set or lacks it): base/coast.shp" >"$2/Testing/Temporary/LastTest.log"
[ -n "${DIABAN_GEODATA:-}" ] && : >"$2/Testing/Temporary/LastTest.log"
echo "100% tests passed"
exit "$CTEST_ENDS"
END
sed -i '1i #!/usr/bin/env bash' "$tree"/tools/*

run() {
    : >"$CALLS"
    (cd / && env "$@") >"$tree/said" 2>&1
}
script="$tree/project/test.sh"
without=(-u DIABAN_GEODATA -u DIABAN_REQUIRE_GEODATA PATH="$tree/tools:$PATH")
with=("${without[@]}" DIABAN_GEODATA="$tree")

run "${without[@]}" "$script" --no-install || wrong "without real data the tests fail"
grep -q 'DIABAN_GEODATA is not set' "$tree/said" || wrong "that there is no real data was not said"
[ "$(grep -c '^  base/coast.shp$' "$tree/said")" = 1 ] || wrong "what was skipped is not listed once"
grep -q '^ninja .*build/ci' "$CALLS" || wrong "nothing was built"

run "${without[@]}" "$script" --no-install --require-geodata && wrong "required data may be missing"
grep -q -- '--require-geodata is given but there is no real data' "$tree/said" ||
    wrong "that required data are missing was not said"
[ -s "$CALLS" ] && wrong "without required data the build began all the same"

run "${with[@]}" "$script" --no-install --require-geodata || wrong "with real data the tests fail"
grep -q 'were skipped' "$tree/said" && wrong "something was said to be skipped"

CTEST_ENDS=8 run "${with[@]}" "$script" --no-install && wrong "a failed test is no failure"
grep -q '^Failed: tests, window tests\.$' "$tree/said" || wrong "the steps that failed are not named"

exit "$failed"
