-- [LOG27] Let a log that was put together under another name stand at its own; once it is there, it is so in one step.
-- KEYS: the log, the other name. ARGV: channel, wake-up. Answers 1, or 0 where something stands there already.
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('DEL', KEYS[2])
  return 0
end
redis.call('RENAME', KEYS[2], KEYS[1])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
