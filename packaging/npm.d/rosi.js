#!/usr/bin/env node
// Starts the program that the package of this system brings.
"use strict";
const { spawnSync } = require("node:child_process");

const system = `${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`@rosi-cli/${system}/bin/rosi${process.platform === "win32" ? ".exe" : ""}`);
} catch {
  console.error(`error: there is no package of rosi for ${system}, or it was not installed\n  = help: install again without --omit=optional, or build from source: cargo install rosi`);
  process.exit(1);
}
// Ctrl-C reaches the program itself; this process waits for its end.
process.on("SIGINT", () => {});
const done = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (done.error) {
  console.error(`error: ${program} cannot be started: ${done.error.message}`);
  process.exit(1);
}
if (done.signal) process.kill(process.pid, done.signal);
process.exit(done.status ?? 1);
