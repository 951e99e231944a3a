#!/bin/sh
# Installs a real VS Code into DIR: code-server (VS Code for the browser, for Node 20) and playwright-core from npm,
# Chromium and ripgrep from Debian. Nothing is downloaded but packages. Usage: setup.sh DIR
set -eu
directory=${1:?a folder}
version=4.100.3 # the newest code-server whose engine is Node 20
if [ -e "$directory/.complete-$version" ]; then exit 0; fi

apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core g++ make python3 ripgrep >/dev/null

# Node's own headers, so that node-gyp downloads none.
export npm_config_nodedir="${NODE_HEADERS:-$(dirname "$(dirname "$(command -v node)")")}"
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
gyp=$(npm root -g)/npm/node_modules/node-gyp/bin/node-gyp.js

mkdir -p "$directory"
cd "$directory"
[ -f package.json ] || echo '{"private": true}' >package.json
npm install --silent --ignore-scripts "code-server@$version" playwright-core@1.65.1
npm rebuild --silent argon2 --build-from-source # the one native module that code-server cannot start without
cd node_modules/code-server/lib/vscode
npm install --silent --ignore-scripts --omit=dev
for module in @vscode/spdlog native-watchdog node-pty; do
    (cd "node_modules/$module" && node "$gyp" rebuild >node-gyp.log 2>&1) || {
        tail "node_modules/$module/node-gyp.log"
        exit 1
    }
done
mkdir -p node_modules/@vscode/ripgrep/bin
ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
ln -sfn node_modules node_modules.asar
ln -sf code-linux.sh bin/remote-cli/code-server
ln -sf browser-linux.sh bin/helpers/browser.sh
cd "$directory"
touch ".complete-$version"
