package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.mirror.MirrorPool;
import java.time.InstantSource;

/// What the routes work with.
public record Parts(
    Installation installation,
    Access access,
    MirrorPool mirror,
    Catalogue catalogue,
    Profiles profiles,
    InstantSource clock) {}
