package espalier.core.study;

import espalier.core.data.ImageSource;
import espalier.core.data.Splits;
import espalier.core.data.TestSplit;
import espalier.core.io.Json;
import espalier.kernels.spi.Backend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a result comes from: with these, the same code yields the same bits again.
 *
 * @param seed of everything random
 * @param dataHash SHA-256 of the images and labels that were searched or trained on
 * @param testHash SHA-256 of the test images and labels
 * @param parameters every parameter by name, spelt out
 * @param backend what computed
 */
public record Provenance(
    long seed,
    String dataHash,
    Optional<String> testHash,
    Map<String, String> parameters,
    String backend) {

  /** The version of this engine. */
  public static final String VERSION = "0.1.0";

  /** The provenance of a run on these splits. */
  public static Provenance of(
      long seed, Splits splits, Map<String, String> parameters, Backend backend) {
    return new Provenance(
        seed,
        splits.train().source().contentHash(),
        splits.test().map(TestSplit::source).map(ImageSource::contentHash),
        new LinkedHashMap<>(parameters),
        backend.name());
  }

  /** As JSON, with the versions of engine and JVM. */
  public Json.Obj json() {
    Map<String, Json> spelt = new LinkedHashMap<>();
    parameters.forEach((name, value) -> spelt.put(name, Json.of(value)));
    return identity()
        .with("parameters", Json.object(spelt))
        .with("espalier", Json.of(VERSION))
        .with("java", Json.of(Runtime.version().toString()));
  }

  private Json.Obj identity() {
    return Json.object()
        .with("seed", Json.of(seed))
        .with("dataHash", Json.of(dataHash))
        .with("testHash", testHash.map(Json::of).orElseGet(Json.Null::new))
        .with("backend", Json.of(backend));
  }
}
