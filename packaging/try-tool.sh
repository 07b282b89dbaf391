#!/usr/bin/env bash
# Packs the tool, installs it from that folder alone, and runs it.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet pack simulator -c Release -o "$work/feed" -v quiet
cat > "$work/nuget.config" <<CONFIG
<configuration>
  <packageSources><clear /><add key="here" value="feed" /></packageSources>
</configuration>
CONFIG
dotnet tool install EdgeBroker --tool-path "$work/tools" --configfile "$work/nuget.config"
said=$("$work/tools/edgebroker" --version)
wanted=$(dotnet msbuild simulator -getProperty:Version)
case "$said" in
    *"$wanted"*) echo "edgebroker --version: $said" ;;
    *) echo "edgebroker --version says $said, not $wanted" >&2; exit 1 ;;
esac
