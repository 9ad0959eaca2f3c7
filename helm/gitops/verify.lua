obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["llmconfig.dev/verify-requested-at"] = os.date("!%Y-%m-%dT%XZ")
return obj
