# Helpers shared by the commands in bin/. Sourced, not run.

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
fail() {
  printf '\nerror: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root when that needs no question; returns 1 when it is not possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

can_apt() { have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }; }

apt_updated=
# Installs the first package of the list that exists; returns 1 when none could be installed.
apt_first() {
  can_apt || return 1
  if [ -z "$apt_updated" ]; then
    as_root apt-get update -qq >/dev/null 2>&1 || say "   apt-get update failed, trying with the known package lists"
    apt_updated=1
  fi
  local package
  for package in "$@"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      say "   installing $package"
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" \
        >/dev/null 2>&1 && return 0
      say "   $package could not be installed"
    fi
  done
  return 1
}

java_major() { # of the given program; prints 0 when it does not run
  local version
  version=$("$1" -version 2>&1 | sed -n 's/^.*version "\([0-9]*\)\.\{0,1\}\([0-9]*\).*$/\1/p' | head -n 1)
  printf '%s' "${version:-0}"
}

need_jdk() {
  local javac_program=javac
  [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/javac" ] && PATH="$JAVA_HOME/bin:$PATH"
  if have $javac_program && [ "$(java_major java)" -ge 17 ]; then return; fi
  step "A Java development kit of version 17 or newer is needed"
  apt_first openjdk-21-jdk-headless openjdk-17-jdk-headless default-jdk-headless || true
  if ! have $javac_program || [ "$(java_major java)" -lt 17 ]; then
    fail "No JDK of version 17 or newer was found." \
      "Debian, Ubuntu: sudo apt-get install openjdk-17-jdk-headless" \
      "Others: install a JDK 17 to 25, for example from https://adoptium.net, and set JAVA_HOME."
  fi
}

need_java() {
  [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ] && PATH="$JAVA_HOME/bin:$PATH"
  if have java && [ "$(java_major java)" -ge 17 ]; then return; fi
  need_jdk
}

need_maven() {
  have mvn && return
  step "Maven is needed"
  apt_first maven || true
  have mvn || fail "Maven was not found." "Debian, Ubuntu: sudo apt-get install maven" \
    "Others: https://maven.apache.org/install.html (3.8 or newer)"
}

node_major() { node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

need_node() {
  if have node && have npm && [ "$(node_major)" -ge 20 ]; then return; fi
  step "Node 20 or newer with npm is needed"
  have node && [ "$(node_major)" -ge 20 ] || apt_first nodejs || true
  have npm || apt_first npm || true
  if ! have node || ! have npm || [ "$(node_major)" -lt 20 ]; then
    fail "Node 20 or newer with npm was not found (found: $(node --version 2>/dev/null || echo none))." \
      "Install it from https://nodejs.org or with the version manager you use."
  fi
}

need_build_tools() { need_jdk; need_maven; need_node; }

# Prints one changing line while a command works; its output goes to a log file shown when it fails.
quietly() { # title log command...
  local title=$1 log=$2 begin pid rc
  shift 2
  begin=$SECONDS
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 &
  pid=$!
  trap 'kill -TERM '"$pid"' 2>/dev/null; wait '"$pid"' 2>/dev/null; exit 130' INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    [ -t 1 ] && printf '\r   %s … %d s ' "$title" $((SECONDS - begin))
    sleep 1
  done
  rc=0
  wait "$pid" || rc=$?
  trap - INT TERM
  [ -t 1 ] && printf '\r'
  say "   $title: $([ $rc = 0 ] && echo done || echo FAILED) in $((SECONDS - begin)) s"
  if [ $rc != 0 ]; then
    tail -n 40 "$log" >&2
    say "   the whole log: $log" >&2
  fi
  return $rc
}

# Whether something that goes into the jar has changed since it was built. The jar's own date says nothing: it is fixed,
# so that equal sources make equal jars.
stale() { # jar
  [ -f "$1" ] && [ -f "$1.built" ] || return 0
  local found
  found=$(find pom.xml src/main processes forms documents seeds frontend \
    \( -name node_modules -o -name dist \) -prune -o -type f -newer "$1.built" -print 2>/dev/null | head -n 1)
  [ -n "$found" ]
}

# Marks the jar as built from the sources as they were when the build began.
built_since() { touch -r "$2" "$1.built"; }

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# First line of the answer to GET http://127.0.0.1:<port><path>, without needing curl.
http_status() { # port path
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
    read -r -t 5 line <&3
    printf '%s' "$line"
  ) 2>/dev/null | cut -d ' ' -f 2
}
