package dev.llmconfig.rest;

/// The rest of an answer whose end is not known when it begins. Called on a virtual thread of its
/// own, which may wait for whatever there is to send and for whoever reads it.
@FunctionalInterface
interface Pour {

  void into(EventSink sink) throws InterruptedException;
}
