package dev.llmconfig.rest;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.AuditTrail;
import dev.llmconfig.access.KeyUses;
import dev.llmconfig.access.LocalLogin;
import dev.llmconfig.access.ProxySecret;
import dev.llmconfig.access.RefusalCount;
import dev.llmconfig.access.Sessions;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.crypto.RingSource;
import dev.llmconfig.gateway.Chat;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorWatch;
import dev.llmconfig.store.ConfigStore;
import dev.llmconfig.store.Workloads;
import java.time.InstantSource;
import java.util.Optional;

/// What the routes work with.
///
/// @param keys what is done with keys besides storing them
/// @param login where the kubeconfig's own identity may be used
/// @param ticker monotonic, for limits
public record Parts(
    Installation installation,
    Access access,
    Sessions sessions,
    ProxySecret proxySecret,
    Optional<LocalLogin> login,
    AuditTrail audit,
    KeyUses keyUses,
    MirrorPool mirror,
    MirrorWatch watch,
    RingSource ring,
    ConfigStore store,
    Workloads workloads,
    KeyTools keys,
    Catalogue catalogue,
    Profiles profiles,
    Chat chat,
    RefusalCount refusals,
    InstantSource clock,
    Ticker ticker) {}
