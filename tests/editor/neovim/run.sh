#!/usr/bin/env bash
# The server in a headless Neovim, with the setup that editors/neovim documents. Usage: GNOMON=<the gnomon command> run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
gnomon=${GNOMON:?the gnomon command}

if ! command -v nvim >/dev/null; then
    apt-get install -y -qq --no-install-recommends neovim >/dev/null 2>&1 || {
        echo "skipped: Neovim is not there and cannot be installed (apt-get install neovim)"
        exit 0
    }
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data XDG_CACHE_HOME=$scratch/cache
export XDG_STATE_HOME=$scratch/state
mkdir -p "$XDG_CONFIG_HOME/nvim/plugin"
cp "$top/editors/neovim/gnomon.lua" "$XDG_CONFIG_HOME/nvim/plugin/"
printf 'vim.g.gnomon_command = "%s"\n' "$gnomon" >"$XDG_CONFIG_HOME/nvim/init.lua"
cp -r "$top/examples/telemetry" "$scratch/telemetry"

cd "$scratch/telemetry"
touch setup.cfg # a project, so that the folder is the root
nvim --version | head -1
timeout 180 nvim --headless -n -c "luafile $here/drive.lua"
