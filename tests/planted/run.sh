#!/bin/sh
# Puts each bug of this folder into a copy of the repository and has the laboratory look for it.
# Prints a table; fails if a bug is not found, or by another checker than its file says, or takes
# more events than 20, or than its file says, to show. Names of patches as arguments: only these.
#
#   tests/planted/run.sh [NN-name.patch ...]

set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
most_events=20
failed=0

(cd "$root" && git ls-files -z --cached --others --exclude-standard \
    | xargs -0 sh -c 'for f; do [ -f "$f" ] && printf "%s\0" "$f"; done' sh \
    | tar --null -cf - -T -) | tar -xf - -C "$scratch" || exit 1
cd "$scratch" || exit 1
git init -q .

build() {
    dotnet build simulator -c Release -v q --nologo -p:RunAnalyzers=false \
        -p:EnforceCodeStyleInBuild=false > build.log 2>&1
}

simulate() {
    dotnet simulator/bin/Release/net10.0/EdgeBroker.Simulator.dll simulate "$@"
}

# Few seeds of each plan first: most bugs show at once, and not every plan shows every bug.
look() {
    for seeds in "1 30" "31 170" "201 800"; do
        for plan in storm swarm flaky hostile pressure sessions; do
            if ! simulate --plan $plan --seed "${seeds% *}" --seeds "${seeds#* }" > run.log 2>&1
            then
                return 0
            fi
        done
    done

    return 1
}

if [ $# -eq 0 ]; then
    set -- "$here"/*.patch
fi

echo "| bug | plan | seed | checker | seconds | events |"
echo "|---|---|---|---|---|---|"
for patch; do
    patch=$here/$(basename "$patch")
    name=$(basename "$patch" .patch)
    wanted=$(sed -n 's/^Found by: //p' "$patch")
    most=$(sed -n 's/^Events: \([0-9]*\).*/\1/p' "$patch")
    most=${most:-$most_events}
    if ! git apply "$patch" || ! build; then
        echo "| $name | does not build | | | | |"
        failed=1
    else
        start=$(date +%s)
        if look; then
            seconds=$(($(date +%s) - start))
            seed=$(sed -n 's/^seed \([0-9]*\) fails: .*/\1/p' run.log)
            checker=$(sed -n 's/^seed [0-9]* fails: \([a-z]*\): .*/\1/p' run.log)
            events=$(sed -n 's/^\([0-9]*\) events\? of .* enough.*/\1/p' run.log)
            echo "| $name | $plan | $seed | $checker | $seconds | $events |"
            if [ "$checker" != "$wanted" ] || [ "${events:-999}" -gt "$most" ]; then
                echo "$name: wanted is $wanted within $most events" >&2
                sed 's/^/    /' run.log >&2
                failed=1
            fi
        else
            echo "| $name | not found | | | $(($(date +%s) - start)) | |"
            failed=1
        fi
    fi

    git apply -R "$patch"
done

exit $failed
