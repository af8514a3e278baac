package espalier.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTest {

  @Property(seed = "1", tries = 500)
  void aWrittenValueReadsBackTheSame(@ForAll("values") Json value) {
    assertThat(Json.parse("x.json", value.compact())).isEqualTo(value);
    assertThat(Json.parse("x.json", value.pretty())).isEqualTo(value);
  }

  @Property(seed = "2", tries = 500)
  void everyFiniteDoubleAndFloatReadsBackToTheBit(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isFinite(number)) {
      assertThat(Json.parse("x.json", Json.of(number).compact())).isEqualTo(Json.of(number));
    }
    float small = Float.intBitsToFloat((int) bits);
    if (Float.isFinite(small)) {
      var read = Json.parse("x.json", Json.of(small).compact());
      assertThat(read).isInstanceOf(Json.Real.class);
      assertThat((float) ((Json.Real) read).value()).isEqualTo(small);
    }
  }

  @Property(seed = "3", tries = 2000)
  void aMutilatedTextIsReadOrRefusedInASentence(
      @ForAll("values") Json value, @ForAll int where, @ForAll char put) {
    var text = new StringBuilder(value.compact());
    text.setCharAt(Math.floorMod(where, text.length()), put);
    readOrRefuse(text.toString());
    readOrRefuse(text.substring(0, Math.floorMod(where, text.length())));
  }

  private static void readOrRefuse(String text) {
    try {
      Json.parse("x.json", text);
    } catch (DataException refused) {
      assertThat(refused).hasMessageMatching("(?s)x\\.json: line \\d+, column \\d+: .+");
    }
  }

  @Test
  void numbersAreWrittenWithTheFewestDigits() {
    assertThat(Json.of(0.1).compact()).isEqualTo("0.1");
    assertThat(Json.of(0.1f).compact()).isEqualTo("0.1");
    assertThat(Json.of(3).compact()).isEqualTo("3");
    assertThat(Json.of(3.0).compact()).isEqualTo("3.0");
    assertThat(Json.of(-0.0).compact()).isEqualTo("-0.0");
    assertThat(Json.of(Long.MIN_VALUE).compact()).isEqualTo("-9223372036854775808");
  }

  @Test
  void membersKeepTheirOrder() {
    var text = "{\"z\":1,\"a\":[true,null],\"m\":\"\\u0001\\n\"}";
    assertThat(Json.parse("x.json", text).compact()).isEqualTo(text);
  }

  @Test
  void prettyKeepsListsOfPlainValuesOnOneLine() {
    var value = Json.object(Map.of("shape", Json.wholes(3, 4))).with("empty", Json.object());
    assertThat(value.pretty()).isEqualTo("{\n  \"shape\": [3, 4],\n  \"empty\": {}\n}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"a\":1 x}~line 1, column 8: expected ',' or '}', found 'x'",
        "[1 2]~line 1, column 4: expected ',' or ']', found '2'",
        "[1,]~line 1, column 4: expected a value, found ']'",
        "{,}~line 1, column 2: expected a name in double quotes, found ','",
        "{\"a\":1,\"a\":2}~line 1, column 8: the name 'a' is given twice",
        "[01]~line 1, column 2: a number cannot begin with 0; write it without leading zeros",
        "[1.]~line 1, column 4: expected a digit, found ']'",
        "[1e999]~line 1, column 2: the number 1e999 is too large for a double",
        "[9223372036854775808]~line 1, column 2: the whole number 9223372036854775808 needs more"
            + " than 64 bits",
        "\"\\ud800\"~line 1, column 2: \\ud800 is half of a character",
        "\"\\ud800\\u0041\"~line 1, column 2: \\ud800 is half of a character",
        "\"\\q\"~line 1, column 3: expected one of \" \\ / b f n r t u after a backslash, found"
            + " 'q'",
        "nul~line 1, column 4: expected 'null', found the end of the text",
        "NaN~line 1, column 1: expected a value, found 'N'",
        "1 1~line 1, column 3: expected the end of the text, found '1'",
        "``~line 1, column 1: expected a value, found the end of the text",
        "\"abc~line 1, column 1: this string is never closed",
      })
  void errorsNameThePlace(String text, String error) {
    assertThatThrownBy(() -> Json.parse("genotype.json", text))
        .isInstanceOf(DataException.class)
        .hasMessage("genotype.json: " + error);
  }

  @Test
  void linesAndColumnsAreCounted() {
    assertThatThrownBy(() -> Json.parse("genotype.json", "{\n  \"a\": 1,\n  \"b\" 2\n}"))
        .hasMessage("genotype.json: line 3, column 7: expected ':', found '2'");
  }

  @Test
  void whatHasNoJsonFormIsRefused() {
    assertThatThrownBy(() -> Json.of(Double.NaN)).hasMessageContaining("no number NaN");
    assertThatThrownBy(() -> Json.of(Float.NEGATIVE_INFINITY)).hasMessageContaining("-Infinity");
    assertThatThrownBy(() -> Json.of("\ud800")).hasMessageContaining("lone surrogate U+D800");
  }

  @Test
  void deepNestingIsRefusedAndDoesNotExhaustTheStack() {
    int deepest = 512;
    assertThat(Json.parse("x.json", "[".repeat(deepest) + "1" + "]".repeat(deepest))).isNotNull();
    for (int levels : new int[] {deepest + 1, 5_000_000}) {
      assertThatThrownBy(() -> Json.parse("x.json", "[".repeat(levels) + "]".repeat(levels)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("nested deeper than 512 levels");
    }
    Json value = Json.of(1);
    for (int i = 0; i < deepest; i++) {
      value = Json.array(List.of(value));
    }
    assertThat(Json.parse("x.json", value.pretty())).isEqualTo(value);
    var deeper = Json.array(List.of(value));
    assertThatThrownBy(deeper::compact).hasMessageContaining("nested deeper than 512 levels");
  }

  @Test
  @Timeout(20)
  void longTextsTakeLinearTime() {
    // A quadratic reader would need hours: each part has a million pieces.
    int pieces = 1_000_000;
    var escapes = "\"" + "\\u00e9".repeat(pieces) + "\"";
    var list = "[" + "1,".repeat(pieces) + "1]";
    var spaces = " ".repeat(pieces) + "1";
    for (var text : List.of(escapes, list, spaces)) {
      assertThat(Json.parse("x.json", text).compact()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<Json> values() {
    Arbitrary<Json> plain =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Json::of),
            Arbitraries.doubles().ofScale(12).map(Json::of),
            text().map(Json::of),
            Arbitraries.of(true, false).map(Json::of),
            Arbitraries.just(new Json.Null()));
    return Arbitraries.recursive(
        () -> plain,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(Json::array),
                Arbitraries.maps(text(), inner).ofMaxSize(4).map(Json::object)),
        0,
        3);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(8)
        .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
  }
}
