#!/usr/bin/env bash
# The extension and the server in a real VS Code. Usage: GNOMON=<the gnomon command> run.sh
# Screenshots go to build/editor/shots, or to docs/images with UPDATE_SCREENSHOT=1.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
gnomon=${GNOMON:?the gnomon command}
editor=$top/build/editor
shots=$editor/shots
[ "${UPDATE_SCREENSHOT:-}" = 1 ] && shots=$top/docs/images

bash "$here/setup.sh" "$editor"
(cd "$top/editors/vscode" && npm ci --silent --no-audit --no-fund && npm test --silent >/dev/null && npm run --silent package)

scratch=$(mktemp -d)
export XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data XDG_CACHE_HOME=$scratch/cache
profile=$scratch/profile extensions=$scratch/extensions workspace=$scratch/telemetry
mkdir -p "$profile/User" "$profile/Machine" "$extensions" "$shots"
cp -r "$top/examples/telemetry" "$workspace"
make -C "$workspace" --silent
sed "s|@GNOMON@|$gnomon|" "$here/settings.json" | tee "$profile/Machine/settings.json" >"$profile/User/settings.json"

# An array, not a function: what runs in the background must be the server itself, so that it can be ended.
code=(node "$editor/node_modules/code-server/out/node/entry.js"
    --user-data-dir "$profile" --extensions-dir "$extensions")
"${code[@]}" --install-extension "$top/editors/vscode/gnomon.vsix"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${code[@]}" --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry --disable-update-check --disable-workspace-trust \
    --disable-getting-started-override >"$scratch/server.log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true; rm -rf "$scratch"' EXIT

for _ in $(seq 120); do
    if curl -fsS -o /dev/null "http://127.0.0.1:$port/healthz" 2>/dev/null; then break; fi
    sleep 0.5
done
NODE_PATH=$editor/node_modules node "$here/drive.js" "$port" "$workspace" "$shots" \
    "$profile/Machine/settings.json" >"$scratch/drive.log" 2>&1 || {
    tail -n 20 "$scratch/server.log"
    find "$profile" -name '*Gnomon*.log' -exec tail -n 40 {} +
    cat "$scratch/drive.log" # last, as it says what failed
    exit 1
}
cat "$scratch/drive.log"
