package dev.llmconfig.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The watches that pass through a proxy, and what can happen to them on their way.
public final class OpenWatches {
  private final Set<Pipe> open = ConcurrentHashMap.newKeySet();

  private static final class Pipe {
    private final InputStream from;
    private volatile boolean deaf;

    Pipe(InputStream from) {
      this.from = from;
    }
  }

  /// The connections end, as with a load balancer that is restarted.
  public void drop() {
    for (var pipe : open) {
      try {
        pipe.from.close();
      } catch (IOException _) {
        // It has ended by itself meanwhile, which is what we want.
      }
    }
  }

  /// The connections stay open and never say anything again. Later watches are not affected.
  public void deafen() {
    open.forEach(pipe -> pipe.deaf = true);
  }

  public int count() {
    return open.size();
  }

  void pipe(InputStream from, OutputStream to) throws IOException {
    var pipe = new Pipe(from);
    open.add(pipe);
    try {
      to.flush(); // a watch without events has begun as well
      var buffer = new byte[16 * 1024];
      for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        if (!pipe.deaf) {
          to.write(buffer, 0, read);
          to.flush();
        }
      }
    } finally {
      open.remove(pipe);
    }
  }
}
