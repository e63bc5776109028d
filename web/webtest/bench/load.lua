-- A script of wrk. It asks for the files of a view, one after the other, again and again, and prints what came of it as
-- a line of JSON. Arguments: the paths, and for a browser that has a file already its ETag after a space.

local requests, at = {}, 0

function init(args)
  for _, arg in ipairs(args) do
    local path, tag = arg:match("^(%S+) ?(.*)$")
    local headers = { ["Accept-Encoding"] = "gzip, deflate, br" }
    if tag ~= "" then headers["If-None-Match"] = tag end
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"requests":%d,"bytes":%d,"us":%d,"lost":%d,"p50":%d,"p99":%d,"p999":%d,"max":%d}\n',
    summary.requests, summary.bytes, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max))
end
