package espalier.core.nn;

import espalier.core.io.ImageInput;
import espalier.core.io.ImageSpec;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.io.Normalisation;
import espalier.core.io.TableInput;
import espalier.core.io.TargetScale;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model takes in and answers, as {@code model.json} holds it: {@code input} has the size of
 * images or the {@code columns} of a table; {@code labels} or {@code amount} is the answer.
 */
record ModelHead(ModelInput input, ModelOutput output) {
  private static final String RESIZING = "triangle";

  /** Adds the members to a document. */
  Json.Obj write(Json.Obj head) {
    Json.Obj with = head.with("input", written(input));
    return switch (output) {
      case ModelOutput.Labels(List<String> names) -> with.with("labels", Json.strings(names));
      case ModelOutput.Amount(TargetScale scale) ->
          with.with(
              "amount",
              Json.object()
                  .with("mean", Json.of(scale.mean()))
                  .with("deviation", Json.of(scale.deviation())));
    };
  }

  private static Json.Obj written(ModelInput input) {
    return switch (input) {
      case ModelInput.Images(ImageInput(ImageSpec image, Normalisation normalisation)) ->
          Json.object()
              .with("height", Json.of(image.height()))
              .with("width", Json.of(image.width()))
              .with("channels", Json.of(image.channels()))
              .with("resizing", Json.of(RESIZING))
              .with("mean", reals(normalisation.mean()))
              .with("deviation", reals(normalisation.deviation()));
      case ModelInput.Rows(TableInput(List<TableInput.Field> fields)) ->
          Json.object()
              .with("columns", Json.array(fields.stream().map(ModelHead::written).toList()));
    };
  }

  private static Json.Obj written(TableInput.Field field) {
    Json.Obj named = Json.object().with("name", Json.of(field.name()));
    return switch (field) {
      case TableInput.Field.Numeric(String _, double mean, double deviation) ->
          named.with("mean", Json.of(mean)).with("deviation", Json.of(deviation));
      case TableInput.Field.Categorical(String _, List<String> categories) ->
          named.with("categories", Json.strings(categories));
    };
  }

  private static Json reals(List<Float> values) {
    return Json.array(values.stream().map(value -> Json.of(value.floatValue())).toList());
  }

  /** Reads the members of a document. */
  static ModelHead read(JsonDocument head) {
    JsonDocument input = head.get("input");
    ModelInput read = input.has("columns") ? rows(input) : images(input);
    if (!head.has("amount")) {
      return new ModelHead(read, new ModelOutput.Labels(head.strings("labels")));
    }
    JsonDocument amount = head.get("amount").allowOnly("mean", "deviation");
    return new ModelHead(
        read,
        new ModelOutput.Amount(new TargetScale(amount.real("mean"), amount.real("deviation"))));
  }

  private static ModelInput rows(JsonDocument input) {
    input.allowOnly("columns");
    List<TableInput.Field> fields = new ArrayList<>();
    for (JsonDocument column : input.list("columns")) {
      String name = column.string("name");
      fields.add(
          column.has("categories")
              ? new TableInput.Field.Categorical(
                  name, column.allowOnly("name", "categories").strings("categories"))
              : new TableInput.Field.Numeric(
                  name,
                  column.allowOnly("name", "mean", "deviation").real("mean"),
                  column.real("deviation")));
    }
    return new ModelInput.Rows(new TableInput(fields));
  }

  private static ModelInput images(JsonDocument input) {
    input.allowOnly("height", "width", "channels", "resizing", "mean", "deviation");
    if (!input.string("resizing").equals(RESIZING)) {
      throw input
          .get("resizing")
          .error(
              "is '%s', wanted '%s'; use a newer release"
                  .formatted(input.string("resizing"), RESIZING));
    }
    return new ModelInput.Images(
        new ImageInput(
            new ImageSpec(
                input.integer("height"), input.integer("width"), input.integer("channels")),
            new Normalisation(floats(input.reals("mean")), floats(input.reals("deviation")))));
  }

  private static List<Float> floats(double[] values) {
    List<Float> floats = new ArrayList<>();
    for (double value : values) {
      floats.add((float) value);
    }
    return floats;
  }
}
