package org.greenchannel.engine;

import camundajar.impl.scala.util.Either;
import camundajar.impl.scala.util.Right;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelEngineFactory;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.function.CustomFunctionTransformer;
import org.camunda.feel.FeelEngine.Configuration;
import org.camunda.feel.FeelEngine.Failure;
import org.camunda.feel.FeelEngineClock;
import org.camunda.feel.context.Context;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.valuemapper.ValueMapper.CompositeValueMapper;

/**
 * The FEEL of the engine, reading each text once. Its own factory reads every cell of a decision table and every rule
 * of a form anew at each evaluation, which is most of the time they take.
 */
public final class ParsedOnceFeel implements FeelEngineFactory {

    /** Texts kept by kind; those of models and forms are some thousands, what comes beyond is read each time. */
    private static final int MOST = 20_000;

    @Override
    public FeelEngine createInstance() {
        return new ScalaFeelEngine(List.of()) {
            @Override
            protected org.camunda.feel.FeelEngine buildFeelEngine(
                    CustomFunctionTransformer functions, CompositeValueMapper values) {
                return new Reading(functions, values);
            }
        };
    }

    private static final class Reading extends org.camunda.feel.FeelEngine {

        private final Map<String, ParsedExpression> expressions = new ConcurrentHashMap<>();
        private final Map<String, ParsedExpression> tests = new ConcurrentHashMap<>();

        Reading(CustomFunctionTransformer functions, CompositeValueMapper values) {
            super(functions, values, new Configuration(false), FeelEngineClock.SystemClock$.MODULE$);
        }

        @Override
        public Either<Failure, Object> evalExpression(String text, Context context) {
            return evaluate(text, context, expressions, this::parseExpression);
        }

        @Override
        public Either<Failure, Object> evalUnaryTests(String text, Context context) {
            return evaluate(text, context, tests, this::parseUnaryTests);
        }

        private Either<Failure, Object> evaluate(
                String text,
                Context context,
                Map<String, ParsedExpression> known,
                Function<String, Either<Failure, ParsedExpression>> parser) {
            ParsedExpression parsed = known.get(text);
            if (parsed == null) {
                Either<Failure, ParsedExpression> read = parser.apply(text);
                if (!(read instanceof Right<Failure, ParsedExpression> right)) {
                    // what cannot be read is not kept; the caller gets the same answer as ever
                    return failure(read);
                }
                parsed = right.value();
                if (known.size() < MOST) {
                    known.put(text, parsed);
                }
            }
            return eval(parsed, context);
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static Either<Failure, Object> failure(Either<Failure, ParsedExpression> left) {
            return (Either) left;
        }
    }
}
