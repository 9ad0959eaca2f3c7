local hs = {status = "Progressing", message = "Waiting for Argo CD."}
if obj.status == nil or obj.status.health == nil then return hs end
hs.status = obj.status.health.status or hs.status
hs.message = obj.status.health.message or ""
return hs
