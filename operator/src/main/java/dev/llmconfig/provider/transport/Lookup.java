package dev.llmconfig.provider.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Asks for every address of a name. May block.
@FunctionalInterface
public interface Lookup {

  Lookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  List<InetAddress> addresses(String host) throws UnknownHostException;
}
