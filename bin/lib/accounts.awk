# Table of the demonstration accounts from seeds/demo/accounts.yaml: those of the tour first, in its order.
function field(name,   rest) {
  if (!match($0, "[{ ]" name ": *")) return ""
  rest = substr($0, RSTART + RLENGTH)
  if (rest ~ /^\[/) { sub(/^\[/, "", rest); sub(/\].*/, "", rest); return rest }
  if (rest ~ /^'/) { rest = substr(rest, 2); gsub(/''/, "\001", rest); sub(/'.*/, "", rest); gsub(/\001/, "'", rest); return rest }
  sub(/[,}].*/, "", rest)
  return rest
}
/^password:/ { password = $2 }
/^ *- *\{ *username:/ {
  order = field("tour")
  if (order == "") next
  user[order] = field("username"); what[order] = field(language)
  if (order + 0 > last) last = order + 0
}
END {
  for (i = 1; i <= last; i++) if (i in user) printf "     %-12s %s\n", user[i], what[i]
  printf "   Password of all: %s\n", password
}
