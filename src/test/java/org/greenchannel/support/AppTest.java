package org.greenchannel.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.greenchannel.Application;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole application on a random port with a real PostgreSQL, demonstration data and a clock that can be moved.
 * Classes with this annotation and nothing else share one context and one database: a test makes its own cases and
 * never counts on being alone.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"greenchannel.demo=true", "greenchannel.city=zhengzhou", "greenchannel.schedules.active=false"})
@TypeExcludeFilters(NoTestBeans.class)
@ContextConfiguration(initializers = FreshDatabase.class)
@Import(TestClockConfiguration.class)
public @interface AppTest {}
