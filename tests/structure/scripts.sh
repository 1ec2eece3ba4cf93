#!/usr/bin/env bash
# The scripts parse, name their packages properly, and refuse what they do not know.
#   scripts.sh SOURCE
set -uo pipefail
cd "$1" || exit 1
failed=0
wrong() {
    echo "$*"
    failed=1
}

for script in run.sh test.sh .ci/run docs/images/make.sh third_party/packages.sh tests/structure/*.sh; do
    bash -n "$script" || wrong "$script does not parse"
done
for script in run.sh test.sh .ci/run docs/images/make.sh; do
    [ -x "$script" ] || wrong "$script is not executable"
done

# packages.debian: sections, and lines "package # reason" without repeats.
awk '
    /^#/ || !NF { next }
    /^\[[a-z]+\]$/ { section = 1; next }
    !section { print "before the first section: " $0; bad = 1; next }
    !/^[a-z0-9][a-z0-9.+-]+ # .+/ { print "not \"package # reason\": " $0; bad = 1; next }
    seen[$1]++ { print "listed twice: " $1; bad = 1 }
    END { exit bad }' third_party/packages.debian || wrong "third_party/packages.debian is not well formed"

# What CMake asks for is in the list.
grep -oE 'diaban_(need|need_module)\(.*' third_party/cmake/DiabanDepends.cmake |
    grep -oE '\b((coinor-)?lib[a-z0-9.+-]+-dev|nlohmann-json3-dev|gettext|catch2)\b' | sort -u |
    while read -r package; do
        grep -q "^$package # " third_party/packages.debian || echo "$package"
    done | grep . && wrong "CMake names packages that third_party/packages.debian lacks"

(
    # shellcheck source=/dev/null
    . third_party/packages.sh
    [ "$(packages_of build | head -n 1)" = cmake ] || exit 1
    packages_of run | grep -qx fonts-noto-core || exit 1
    packages_of run | grep -qx cmake && exit 1
    exit 0
) || wrong "packages_of does not read third_party/packages.debian"

./run.sh --help | grep -q 'run.sh' || wrong "run.sh --help prints nothing useful"
./test.sh --help | grep -q -- '--all' || wrong "test.sh --help prints nothing useful"
./run.sh --nonsense >/dev/null 2>&1 && wrong "run.sh takes an unknown flag"
./test.sh --nonsense >/dev/null 2>&1 && wrong "test.sh takes an unknown flag"

# Both catalogues compile without a complaint; a translation tool can open them.
for catalogue in assets/locale/*.po; do
    msgfmt --check-format --check-domain -o /dev/null "$catalogue" || wrong "$catalogue is not well formed"
done

exit "$failed"
