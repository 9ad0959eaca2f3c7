local hs = {status = "Progressing", message = "Waiting for the operator."}
if obj.spec ~= nil and obj.spec.suspend == true then return {status = "Suspended", message = "Suspended in the spec."} end
if obj.status == nil or obj.status.observedGeneration ~= obj.metadata.generation then return hs end
local ready = nil
for _, c in ipairs(obj.status.conditions or {}) do
  if c.type == "Stalled" and c.status == "True" then return {status = "Degraded", message = (c.reason or "Stalled") .. ": " .. (c.message or "")} end
  if c.type == "Ready" then ready = c end
end
if ready ~= nil then hs.message = ready.message or ""; if ready.status == "True" then hs.status = "Healthy" end end
return hs
