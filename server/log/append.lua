-- [LOG17] Add one batch behind the expected head; one write only, so that the append-only file never wraps it.
-- KEYS: the log. ARGV: expected seq, expected hash, last seq, last hash, batch, channel, wake-up.
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local seq, hash = '0', ''
if #last > 0 then
  seq = string.match(last[1][1], '^%d+')
  hash = last[1][2][2]
end
if seq ~= ARGV[1] or hash ~= ARGV[2] then
  return {seq, hash}
end
redis.call('XADD', KEYS[1], ARGV[3] .. '-0', 'hash', ARGV[4], 'batch', ARGV[5])
redis.call('PUBLISH', ARGV[6], ARGV[7])
return {ARGV[3], ARGV[4]}
