-- [LOG11] Keep a snapshot unless a later one is there. KEYS: the snapshot. ARGV: seq, hash, body.
local seq = redis.call('HGET', KEYS[1], 'seq')
if seq and tonumber(seq) > tonumber(ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], 'seq', ARGV[1], 'hash', ARGV[2], 'body', ARGV[3])
return 1
