/** Programs that are there to run others in ways nobody takes apart here, or whose files and words are programs. */
export const ALWAYS_CARRY: ReadonlySet<string> = new Set(
  (
    'su runuser pkexec parallel ssh mosh telnet rsh busybox toybox coreutils flock script scriptreplay watch unshare nsenter ' +
    'systemd-run systemd-inhibit proxychains proxychains4 torify torsocks firejail bwrap sandbox-exec prlimit setpriv ' +
    'setarch linux32 linux64 cgexec numactl strace ltrace dtruss dtrace perf valgrind hyperfine entr fswatch inotifywait ' +
    'watchexec watchman nodemon tmux screen zellij docker podman nerdctl kubectl oc at batch crontab launchctl ' +
    'systemctl op doppler direnv nix nix-shell nix-env guix uvx pipx pnpx chpst daemon daemonize start-stop-daemon ' +
    'socat open xdg-open automator shortcuts installer concurrently dotenv dotenv-cli cross-env env-cmd m4 ' +
    'command ssh-agent dbus-run-session dbus-launch run-parts fakeroot fakechroot hg sg newgrp chronic catchsegv eatmydata ' +
    'faketime rlwrap unbuffer xvfb-run gosu su-exec tini dumb-init runsv envdir softlimit setlock proot schroot sshpass ' +
    'autossh mosh-client tsocks cpulimit trickle runcon capsh aa-exec choom coproc pssh pdsh ansible vagrant limactl ' +
    'multipass crun runc docker-compose podman-compose flatpak snap distrobox toolbox gtk-launch gio ' +
    'apply lockf logsave pee mispipe ifne zrun sem ts tsp nq pueue autoexpect dislocate multixterm taskpolicy sc_usage ' +
    'multitime grc xdotool openvt distcc dtach abduco byobu tmate retry uux cu security logrotate run-mailcap ' +
    'periodic fc jobs read getopts vidir vipe vipw vigr visudo chpass chsh chfn zless zmore bzless bzmore xzless xzmore most pg ' +
    'ld.so ld-linux-x86-64.so.2 ld-linux-aarch64.so.1'
  ).split(' '),
);
