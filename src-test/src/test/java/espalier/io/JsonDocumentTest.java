package espalier.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonDocumentTest {
  private final JsonDocument model =
      JsonDocument.parse(
          "model.json",
          """
          {"name": "cell", "layers": 8, "rate": 0.5, "deep": true, "none": null,
           "cells": [{"edges": [1, 2]}, {"edges": ["x"]}], "big": 5000000000}
          """);

  @Test
  void membersAreReadByNameAndKind() {
    assertThat(model.string("name")).isEqualTo("cell");
    assertThat(model.integer("layers")).isEqualTo(8);
    assertThat(model.real("rate")).isEqualTo(0.5);
    assertThat(model.real("layers")).isEqualTo(8.0);
    assertThat(model.bool("deep")).isTrue();
    assertThat(model.get("none").isNull()).isTrue();
    assertThat(model.longInteger("big")).isEqualTo(5_000_000_000L);
    assertThat(model.list("cells").getFirst().integers("edges")).containsExactly(1, 2);
    assertThat(model.has("depth")).isFalse();
  }

  @Test
  void errorsNameTheFileAndThePath() {
    refuses(() -> model.string("depth"), "model.json: 'depth' is missing");
    refuses(
        () -> model.string("layers"), "model.json: 'layers' must be a string, found the number 8");
    refuses(
        () -> model.integer("rate"),
        "model.json: 'rate' must be a whole number, found the number 0.5");
    refuses(
        () -> model.integer("big"),
        "model.json: 'big' is 5000000000, which needs more than 32 bits");
    refuses(
        () -> model.list("cells").get(1).integers("edges"),
        "model.json: 'cells[1].edges[0]' must be a whole number, found a string");
    refuses(
        () -> model.get("name").get("x"), "model.json: 'name' must be an object, found a string");
    refuses(
        () -> model.list("cells").getFirst().allowOnly("edge"),
        "model.json: 'cells[0].edges' is not known here; known are edge");
    refuses(
        () -> JsonDocument.of("model.json", Json.of(1)).asString(),
        "model.json: the document must be a string, found the number 1");
  }

  @Test
  void filesThatCannotBeReadAreNamed(@TempDir Path folder) throws IOException {
    var file = folder.resolve("model.json");
    refuses(() -> JsonDocument.read(file), file + ": no such file; check the path");
    Files.write(file, new byte[] {'"', (byte) 0xC3, '"'});
    refuses(() -> JsonDocument.read(file), file + ": is not UTF-8 text");
    Files.writeString(file, "[1,");
    refuses(
        () -> JsonDocument.read(file),
        "model.json: line 1, column 4: expected a value, found the end of the text");
  }

  private static void refuses(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(DataException.class).hasMessage(message);
  }
}
