#!lua flags=allow-oom
-- Also where its memory is full: whoever deletes makes room.
-- [GONE1] [GONE2] Put a text where a workshop's stream and snapshot were; one write only ([LOG17]).
-- KEYS: the log, the snapshot. ARGV: "if" or nothing, seq, hash, the text, channel, wake-up. Answers a head that is another.
local kind = redis.call('TYPE', KEYS[1]).ok
if kind == 'string' and redis.call('TYPE', KEYS[2]).ok == 'string' then
  return false
end
if ARGV[1] == 'if' and kind ~= 'string' then
  local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
  local seq, hash = '0', ''
  if #last > 0 then
    seq = string.match(last[1][1], '^%d+')
    hash = last[1][2][2]
  end
  if seq ~= ARGV[2] or hash ~= ARGV[3] then
    return {seq, hash}
  end
end
redis.call('MSET', KEYS[1], ARGV[4], KEYS[2], ARGV[4])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return false
