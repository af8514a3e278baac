package espalier.bench.peers;

import espalier.core.io.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of the table.
 *
 * @param fractionOfLimit the least time the machine would need, over ours
 * @param peak peak memory, or none where it was not measured
 */
record Result(String work, Contest.Times times, double fractionOfLimit, Peak peak) {

  /** Peak memory of both engines in bytes; −1 where it was not measured. */
  record Peak(long ours, long peer) {
    static final Peak NONE = new Peak(-1, -1);
  }

  double oursMillis() {
    return times.ours() * 1e3;
  }

  double peerMillis() {
    return times.peer() * 1e3;
  }

  /** How many times faster ours is. */
  double ratio() {
    return times.peer() / times.ours();
  }

  boolean hasPeak() {
    return peak.ours() >= 0 && peak.peer() >= 0;
  }

  Json json() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("work", new Json.Str(work));
    members.put("oursMs", new Json.Real(oursMillis()));
    members.put("peerMs", new Json.Real(peerMillis()));
    members.put("ratio", new Json.Real(ratio()));
    members.put("fractionOfLimit", new Json.Real(fractionOfLimit));
    members.put("oursPeakBytes", bytes(peak.ours()));
    members.put("peerPeakBytes", bytes(peak.peer()));
    return new Json.Obj(members);
  }

  private static Json bytes(long bytes) {
    return bytes < 0 ? new Json.Null() : new Json.Whole(bytes);
  }
}
