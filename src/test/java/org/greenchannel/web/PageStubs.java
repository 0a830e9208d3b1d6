package org.greenchannel.web;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.nullable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.audit.AuditRow;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseLink;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.Participant;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.clock.ClockDefinition;
import org.greenchannel.clock.Due;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.community.CommunityCare;
import org.greenchannel.document.DocumentSummary;
import org.greenchannel.document.Documents;
import org.greenchannel.document.Service;
import org.greenchannel.document.VerifiedDocument;
import org.greenchannel.engine.InstanceState;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.WaitingMessage;
import org.greenchannel.form.Draft;
import org.greenchannel.form.FormView;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.funding.Claim;
import org.greenchannel.funding.Funding;
import org.greenchannel.funding.FundingView;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Money;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.notification.Channel;
import org.greenchannel.notification.Duty;
import org.greenchannel.notification.FailedDelivery;
import org.greenchannel.notification.NoticeKind;
import org.greenchannel.notification.NoticePreferences;
import org.greenchannel.notification.Notification;
import org.greenchannel.notification.Notifications;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Area;
import org.greenchannel.organisation.Deputies;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.oversight.Alert;
import org.greenchannel.oversight.BreachedClock;
import org.greenchannel.oversight.HistoryEntry;
import org.greenchannel.oversight.Mechanism;
import org.greenchannel.oversight.Oversight;
import org.greenchannel.oversight.SourceDocument;
import org.greenchannel.oversight.Traceability;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.LegalBasis;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.Seeds;
import org.greenchannel.worklist.Completed;
import org.greenchannel.worklist.Drafts;
import org.greenchannel.worklist.Started;
import org.greenchannel.worklist.WorkDesk;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItemQuery;
import org.greenchannel.worklist.WorkItems;
import org.greenchannel.worklist.WorkQueues;
import org.greenchannel.worklist.WorkVerbs;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** A small invented city behind the facades, so that pages can be seen and tested without database and engine. */
@TestConfiguration(proxyBeanMethods = false)
class PageStubs {

    static final String PASSWORD = "right-horse";
    static final String NUMBER = "EA-2026-000123";
    static final UUID CASE = UUID.fromString("00000000-0000-4000-8000-000000000001");
    static final UUID PERSON = UUID.fromString("00000000-0000-4000-8000-000000000002");
    static final UUID TAKEN = UUID.fromString("00000000-0000-4000-8000-0000000000aa");
    static final UUID DONE = UUID.fromString("00000000-0000-4000-8000-0000000000bb");
    static final Text EMERGENCY = new Text("应急处置绿色通道", "Emergency green channel");

    private final Instant now = Instant.now();

    /** Nobody is under community management in the pages under test. */
    @Bean
    org.greenchannel.personfile.PersonMerges personMerges() {
        var merges = mock(org.greenchannel.personfile.PersonMerges.class);
        when(merges.duplicates(any(), nullable(String.class))).thenReturn(new Page<>(List.of(), null));
        return merges;
    }

    @Bean
    org.greenchannel.personfile.PersonFiles personFiles() {
        var files = mock(org.greenchannel.personfile.PersonFiles.class);
        when(files.maySearch(any())).thenReturn(true);
        return files;
    }

    @Bean
    CommunityCare community() {
        return mock(CommunityCare.class);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ZoneId zone() {
        return ZoneId.of("Asia/Shanghai");
    }

    /** All that there are, as the application has them. */
    private static String[] bundles() {
        try (var files = Files.list(Path.of("src/main/resources/messages"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".properties") && !name.endsWith("_en.properties"))
                    .map(name -> "messages/" + name.replace(".properties", ""))
                    .sorted()
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Bean
    MessageSource messageSource() {
        var source = new ResourceBundleMessageSource();
        source.setBasenames(bundles());
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        return source;
    }

    @Bean
    ProblemRenderer problemRenderer(MessageSource messages, JsonMapper json) throws ReflectiveOperationException {
        var constructor = ProblemRenderer.class.getDeclaredConstructor(MessageSource.class, JsonMapper.class);
        constructor.setAccessible(true);
        return constructor.newInstance(messages, json);
    }

    @Bean
    LegalBasis legalBasis() {
        var basis = mock(LegalBasis.class);
        when(basis.of(anyString())).thenAnswer(call -> Text.same(call.getArgument(0)));
        return basis;
    }

    @Bean
    Seeds seeds() {
        var seeds = mock(Seeds.class);
        when(seeds.read(anyString())).thenAnswer(call -> {
            Path file = Path.of("seeds", call.getArgument(0, String.class));
            return Files.exists(file) ? new Yaml().load(Files.readString(file)) : Map.of();
        });
        return seeds;
    }

    @Bean
    Accounts accounts() {
        String hash = new Argon2PasswordEncoder(16, 32, 1, 1024, 1).encode(PASSWORD);
        var accounts = mock(Accounts.class);
        var people = Map.of(
                "triage", account("triage", "何接诊", "zz-hosp-8", "hosp-triage", "hosp-social-worker"),
                "officer", account("officer", "秦安民", "zz-ps-huayuanlu", "police-officer"),
                "auditor", account("auditor", "督导员", "zz-health", "supervisor-auditor"));
        when(accounts.find(anyString()))
                .thenAnswer(call -> Optional.ofNullable(people.get(call.<String>getArgument(0))));
        when(accounts.passwordHash(anyString()))
                .thenAnswer(
                        call -> people.containsKey(call.<String>getArgument(0)) ? Optional.of(hash) : Optional.empty());
        when(accounts.viewer(anyString())).thenAnswer(call -> {
            Account a = people.get(call.<String>getArgument(0));
            if (a == null) {
                throw Problem.notFound("account-unknown");
            }
            return new Viewer(a.id(), a.username(), a.displayName(), a.organisation(), a.roles(), Set.of("4101"));
        });
        when(accounts.lockedSeconds(eq("locked"))).thenReturn(600L);
        when(accounts.displayNames(any())).thenAnswer(call -> {
            var names = new HashMap<String, String>();
            call.<Collection<String>>getArgument(0)
                    .forEach(u ->
                            names.put(u, people.containsKey(u) ? people.get(u).displayName() : u));
            return names;
        });
        return accounts;
    }

    private static Account account(String username, String name, String organisation, String... roles) {
        return new Account(
                UUID.nameUUIDFromBytes(username.getBytes()),
                username,
                name,
                organisation,
                Set.of(roles),
                Set.of(),
                "zh",
                true);
    }

    @Bean
    AccessPolicy accessPolicy() {
        var policy = mock(AccessPolicy.class);
        when(policy.allows(any(), any(), any())).thenAnswer(call -> {
            boolean desk = call.<String>getArgument(1).matches("(oversight|history|audit|mail)\\..*");
            return !desk || call.<Viewer>getArgument(0).username().equals("auditor");
        });
        when(policy.sight(any(), any(), any())).thenReturn(Sight.READ);
        return policy;
    }

    @Bean
    Organisations organisations() {
        var organisations = mock(Organisations.class);
        var known = Map.of(
                "zz-hosp-8", new Text("郑州市第八人民医院", "Zhengzhou Eighth People's Hospital"),
                "zz-ps-huayuanlu", new Text("花园路派出所", "Huayuan Road police station"),
                "zz-health", new Text("郑州市卫生健康委员会", "Zhengzhou Health Commission"));
        when(organisations.find(anyString())).thenAnswer(call -> {
            String code = call.getArgument(0);
            return Optional.ofNullable(known.get(code))
                    .map(name -> new Organisation(code, name, "X", "410105000000", null, Set.of()));
        });
        when(organisations.area(eq("410105001001")))
                .thenReturn(Optional.of(
                        new Area("410105001001", new Text("信息学院社区", "Xinxi community"), "410105001000", "VILLAGE")));
        when(organisations.area(eq("410105001000")))
                .thenReturn(Optional.of(
                        new Area("410105001000", new Text("花园路街道", "Huayuan Road"), "410105000000", "TOWN")));
        return organisations;
    }

    @Bean
    Processes processes() {
        var processes = mock(Processes.class);
        when(processes.all())
                .thenReturn(List.of(
                        process("emergency-admission", EMERGENCY),
                        process("funding-approval", new Text("救治救助经费审批", "Funding approval"))));
        when(processes.stages("emergency-admission"))
                .thenReturn(List.of(
                        "SCENE", "ROUTING", "ARRIVAL", "DIAGNOSIS", "BASIS", "FORMALITIES", "ADMITTED", "OBJECTION"));
        when(processes.find(anyString())).thenReturn(Optional.of(process("emergency-admission", EMERGENCY)));
        when(processes.diagram(anyString(), any()))
                .thenAnswer(
                        call -> Files.readString(Path.of("processes/emergency-admission/emergency-admission.bpmn")));
        when(processes.states(any()))
                .thenReturn(List.of(new InstanceState(
                        "pi",
                        "emergency-admission",
                        EMERGENCY,
                        1,
                        null,
                        now.minusSeconds(9000),
                        null,
                        List.of("DiagnosePerson", "ContactGuardian"),
                        List.of(
                                step("RecordScene", new Text("现场处置记录", "Record the scene"), false),
                                step("ReceivePerson", new Text("绿色通道接诊", "Receive the person"), false),
                                step("DiagnosePerson", new Text("诊断与病情评估", "Diagnosis"), true)))));
        return processes;
    }

    private InstanceState.Step step(String id, Text name, boolean running) {
        return new InstanceState.Step(
                id,
                name,
                "userTask",
                now.minusSeconds(5000),
                running ? null : now.minusSeconds(3000),
                false,
                "triage",
                Map.of());
    }

    private static ProcessInfo process(String key, Text name) {
        return new ProcessInfo(
                key,
                name,
                new Text("从现场报告到医院收治，一路优先。", "From the scene to the hospital, first in line."),
                1,
                Set.of("police-officer"),
                "incident-report",
                "d1");
    }

    /** Whoever an item is offered to handles it, unless somebody else has it; every verb is possible. */
    @Bean
    WorkVerbs workVerbs(WorkItems work) {
        var verbs = mock(WorkVerbs.class);
        when(verbs.standing(any(), any())).thenAnswer(call -> {
            Viewer viewer = call.getArgument(1);
            WorkItem item = work.get(call.getArgument(0), viewer);
            boolean handler = item.status().equals("OPEN")
                    && item.groups().stream().anyMatch(viewer.groups()::contains)
                    && (item.assignee() == null || item.assignee().equals(viewer.username()));
            return new WorkVerbs.Standing(
                    handler,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(new WorkVerbs.Offer("assign", null), new WorkVerbs.Offer("comment", null)),
                    List.of("officer"),
                    List.of());
        });
        when(verbs.comments(any(), any())).thenReturn(List.of());
        when(verbs.history(any(), any())).thenReturn(List.of());
        return verbs;
    }

    @Bean
    Deputies deputies() {
        return mock(Deputies.class);
    }

    @Bean
    WorkDesk workDesk() {
        var desk = mock(WorkDesk.class);
        when(desk.counts(any(), any()))
                .thenReturn(Map.of("mine", 3, "available", 12, "team", 2, "done", 100, "copied", 0));
        when(desk.levels(any(), any())).thenReturn(Map.of("breached", 1, "today", 1, "soon", 1, "later", 2, "none", 0));
        when(desk.stages()).thenReturn(List.of("SCENE", "DIAGNOSIS"));
        return desk;
    }

    /** Nobody saved anything. */
    @Bean
    WorkQueues workQueues() {
        return mock(WorkQueues.class);
    }

    @Bean
    WorkItems workItems() {
        var work = mock(WorkItems.class);
        when(work.counts(any())).thenReturn(Map.of("mine", 3, "available", 12, "team", 2, "done", 100));
        when(work.list(any(), any())).thenAnswer(call -> {
            WorkItemQuery query = call.getArgument(0);
            boolean mine = query.view().equals("mine");
            if (query.q() != null) {
                return new Page<WorkItem>(List.of(), null);
            }
            return new Page<>(
                    List.of(
                            item(
                                    1,
                                    "ServeNoticeToPatient",
                                    new Text("向患者送达权利告知", "Serve the notice to the patient"),
                                    -5400,
                                    mine,
                                    "OPEN",
                                    "精神卫生法 37"),
                            item(
                                    2,
                                    "DiagnosePerson",
                                    new Text("诊断与病情评估", "Diagnosis and assessment"),
                                    3 * 3600 + 1260,
                                    mine,
                                    "OPEN",
                                    "精神卫生法 29(2)、28(2)"),
                            item(
                                    3,
                                    "ContactGuardian",
                                    new Text("联系监护人", "Contact the guardian"),
                                    30 * 3600,
                                    mine,
                                    "OPEN",
                                    "精神卫生法 31"),
                            item(
                                    4,
                                    "EmergencyRecord",
                                    new Text("应急处置记录单", "Emergency record"),
                                    9 * 86400,
                                    mine,
                                    "OPEN",
                                    ""),
                            item(5, "ReportCard", new Text("发病报告卡", "Case report card"), 0, mine, "OPEN", "MHL 24")),
                    "next");
        });
        when(work.get(any(), any())).thenAnswer(call -> item(call.<UUID>getArgument(0)));
        when(work.claim(any(), any(), any())).thenAnswer(call -> {
            if (TAKEN.equals(call.getArgument(0))) {
                throw Problem.conflict("conflict");
            }
            return item(2, "DiagnosePerson", new Text("诊断与病情评估", "Diagnosis"), 3600, true, "OPEN", "MHL 29");
        });
        when(work.ofCase(any(), any()))
                .thenAnswer(call -> List.of(
                        item(2, "DiagnosePerson", new Text("诊断与病情评估", "Diagnosis"), 3600, false, "OPEN", "MHL 29"),
                        item(
                                3,
                                "ContactGuardian",
                                new Text("联系监护人", "Contact the guardian"),
                                90000,
                                true,
                                "OPEN",
                                "MHL 31")));
        when(work.form(any(), any(), any()))
                .thenAnswer(call -> new WorkItems.TaskForm(form("arrival-record"), null, null, false));
        when(work.startForm(anyString(), any(), any(), any()))
                .thenAnswer(call -> new WorkItems.TaskForm(form("incident-report"), null, null, false));
        when(work.messageForm(anyString(), anyString(), any(), any()))
                .thenAnswer(call -> new WorkItems.TaskForm(form("rights-receipt"), null, null, false));
        when(work.complete(any(), any(), any(), any(), any(), any())).thenAnswer(call -> {
            Map<String, Object> data = call.getArgument(1);
            if (data.isEmpty()) {
                throw Problem.invalid(
                        "form-invalid",
                        List.of(new FieldError(
                                "/data/receivedBy", "required", new Text("请填写接诊人", "Name who receives"))));
            }
            return new Completed(call.getArgument(0), NUMBER, now.toString(), List.of(), List.of("留意"));
        });
        when(work.startableOn(anyString(), any()))
                .thenReturn(List.of(process("funding-approval", new Text("救治救助经费审批", "Treatment funding"))));
        when(work.startable(any()))
                .thenReturn(List.of(
                        process("emergency-admission", EMERGENCY),
                        process("funding-approval", new Text("救治救助经费审批", "Funding approval"))));
        when(work.start(anyString(), any(), any(), any(), any(), any())).thenAnswer(call -> {
            Map<String, Object> data = call.getArgument(2);
            if (!data.containsKey("place")) {
                throw Problem.invalid(
                        "form-invalid",
                        List.of(
                                new FieldError("/data/place", "required", new Text("请填写地点", "Give the place")),
                                new FieldError(
                                        "/data/behaviours", "required", new Text("请选择行为", "Choose what happened"))));
            }
            return new Started(NUMBER, "pi", List.of(), List.of());
        });
        when(work.messages(anyString(), any()))
                .thenReturn(List.of(new WaitingMessage(
                        "objection-filed",
                        "pi",
                        new Text("登记异议（再次诊断申请）", "Record an objection"),
                        Set.of("hosp-triage@zz-hosp-8"),
                        "rediagnosis-request",
                        "d1",
                        Map.of())));
        return work;
    }

    static FormView form(String id) {
        try (var files = Files.walk(Path.of("forms"))) {
            Path file = files.filter(path -> path.endsWith(id + ".form"))
                    .findFirst()
                    .orElseThrow();
            var schema = JsonMapper.shared().readValue(Files.readString(file), Map.class);
            @SuppressWarnings("unchecked")
            Map<String, Object> typed = schema;
            return new FormView(typed, Map.of("reportTime", "2026-11-22T10:05:00+08:00"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WorkItem item(UUID id) {
        if (id.equals(DONE)) {
            return item(11, "ReceivePerson", new Text("绿色通道接诊", "Receive the person"), 0, true, "DONE", "MHL 28");
        }
        return item(
                7, "ReceivePerson", new Text("绿色通道接诊", "Receive the person"), 1500, false, "OPEN", "精神卫生法 28(3)、29(2)");
    }

    private WorkItem item(int n, String key, Text name, long due, boolean mine, String status, String basis) {
        Instant end = due == 0 ? null : now.plusSeconds(due);
        boolean done = status.equals("DONE");
        return new WorkItem(
                n == 11 ? DONE : UUID.nameUUIDFromBytes(("item" + n).getBytes()),
                key,
                name,
                "emergency-admission",
                CASE,
                NUMBER,
                PERSON,
                "张**",
                "410105001001",
                List.of("hosp-triage@zz-hosp-8", "ward-nurse@zz-hosp-8"),
                mine ? "triage" : null,
                50,
                end,
                end,
                null,
                "T03",
                basis,
                "DIAGNOSIS",
                n == 7,
                n == 7,
                "arrival-record",
                status,
                now.minusSeconds(7200),
                done ? now : null,
                done ? "triage" : null,
                3);
    }

    @Bean
    CaseFiles caseFiles() {
        var cases = mock(CaseFiles.class);
        var file = new CaseSummary(
                CASE,
                NUMBER,
                "emergency-admission",
                PERSON,
                "410105001001",
                "OBSERVATION",
                null,
                "DIAGNOSIS",
                null,
                "zz-hosp-8",
                "officer",
                now.minusSeconds(9000),
                null,
                4);
        when(cases.get(anyString(), any())).thenAnswer(call -> {
            if (!NUMBER.equals(call.getArgument(0))) {
                throw Problem.notFound("case-unknown");
            }
            return file;
        });
        when(cases.byId(any())).thenReturn(file);
        when(cases.byIds(any())).thenReturn(Map.of(CASE, file));
        when(cases.byNumber(anyString())).thenReturn(Optional.of(file));
        when(cases.relation(any(), any())).thenReturn(Relation.TASK);
        when(cases.require(any(), anyString(), any())).thenReturn(Relation.TASK);
        when(cases.list(
                        nullable(String.class),
                        nullable(Boolean.class),
                        nullable(String.class),
                        any(),
                        anyInt(),
                        nullable(String.class)))
                .thenReturn(new Page<>(List.of(file), "more"));
        when(cases.participants(any()))
                .thenReturn(List.of(
                        new Participant("police", "zz-ps-huayuanlu"), new Participant("hospital", "zz-hosp-8")));
        when(cases.links(any(), any()))
                .thenReturn(List.of(
                        new CaseLink(UUID.randomUUID(), "TR-2026-000007", "two-way-referral", "CAUSED_BY", true, now)));
        when(cases.seenBy(any(), any())).thenAnswer(call -> call.getArgument(0));
        when(cases.story(any(), any(), nullable(String.class), anyInt(), any()))
                .thenReturn(new Page<>(
                        List.of(
                                told("TASK_OPENED", "诊断与病情评估", "Diagnosis", "MHL 29", null, 60),
                                told(
                                        "DECISION",
                                        "决策表给出意见：D1-3",
                                        "Decision table answered: D1-3",
                                        "精神卫生法 30(2)",
                                        null,
                                        120),
                                told("CLOCK", "法定期限超期", "Legal limit passed", "MHL 28", null, 600),
                                told("TASK_DONE", "绿色通道接诊", "Received", "MHL 28(3)", "triage", 1800),
                                told("CASE", "立案", "Case opened", "", "officer", 90000)),
                        null));
        return cases;
    }

    private TimelineEntry told(String kind, String zh, String en, String basis, String actor, long ago) {
        return new TimelineEntry(
                UUID.randomUUID(),
                CASE,
                now.minusSeconds(ago),
                kind,
                new Text(zh, en),
                basis,
                actor,
                Map.of("row", "D1-3"));
    }

    @Bean
    Persons persons() {
        var persons = mock(Persons.class);
        when(persons.masked(any()))
                .thenReturn(Map.of(
                        PERSON,
                        new MaskedPerson(PERSON, "张**", "1", "42", "990***********0013", "138****0000", "KNOWN")));
        when(persons.reveal(any(), any(), any(), anyString()))
                .thenReturn(Map.of("person.name", "张示例", "person.idNo", "990101198001010013", "guardian.name", "李示例"));
        return persons;
    }

    @Bean
    LegalClocks legalClocks() {
        var clocks = mock(LegalClocks.class);
        var running = List.of(
                legal("T03", "留院诊断结论", "Conclusion of the diagnosis", 3 * 3600, null),
                legal("RN04_LIMIT", "权利告知送达", "Service of the notice", -5400, "PATIENT"));
        when(clocks.of(any())).thenReturn(running);
        when(clocks.breached(anyInt())).thenReturn(List.of(running.get(1)));
        return clocks;
    }

    private LegalClock legal(String id, String zh, String en, long due, String recipient) {
        var definition = new ClockDefinition(
                id, new Text(zh, en), "HOUR", 72, new Text("精神卫生法 29(2)", "MHL 29(2)"), "L", "RELEASE");
        var end = now.plusSeconds(due);
        return new LegalClock(
                UUID.randomUUID(),
                CASE,
                definition,
                recipient,
                null,
                now.minusSeconds(9000),
                new Due(end, end),
                "RUNNING",
                null,
                null,
                due < 0 ? end : null);
    }

    @Bean
    Drafts drafts() {
        var drafts = mock(Drafts.class);
        when(drafts.save(any(), any(), any(), any())).thenReturn(new Draft(Map.of(), now, 1, "triage"));
        return drafts;
    }

    @Bean
    Forms forms() {
        var forms = mock(Forms.class);
        var submission = new Submission(
                CASE,
                CASE,
                DONE,
                "emergency-admission",
                "ReceivePerson",
                "arrival-record",
                "d1",
                "triage",
                now,
                "LEG",
                "ab".repeat(32),
                Map.of());
        when(forms.list(any())).thenReturn(List.of(submission));
        when(forms.find(any())).thenReturn(Optional.of(submission));
        when(forms.answers(any(), any(), any()))
                .thenReturn(List.of(
                        new Forms.Answer("greenChannel", "接诊", "是否绿色通道", "是"),
                        new Forms.Answer("belongings", "", "随身物品", "手机一部、钥匙一串")));
        return forms;
    }

    @Bean
    AuditLog auditLog() {
        var audit = mock(AuditLog.class);
        when(audit.search(any()))
                .thenReturn(new Page<>(
                        List.of(new AuditRow(
                                9,
                                now,
                                null,
                                "triage",
                                "zz-hosp-8",
                                "workitem.complete",
                                CASE,
                                "workitem:" + DONE,
                                "DONE",
                                "MHL 28",
                                null,
                                Map.of("task", "ReceivePerson"),
                                "r-1",
                                "127.0.0.1",
                                9L,
                                "cd".repeat(32))),
                        null));
        when(audit.verify())
                .thenReturn(new org.greenchannel.audit.Verification(true, 1234, 2, null, null, "ab".repeat(32), now));
        return audit;
    }

    @Bean
    Documents documents() {
        var documents = mock(Documents.class);
        var paper = new DocumentSummary(
                DONE,
                CASE,
                "郑八院诊字〔2026〕第0001号",
                "RN-01",
                new Text("接诊告知书", "Arrival notice"),
                "PATIENT",
                "zh",
                1,
                "zz-hosp-8",
                now,
                "triage",
                "ISSUED",
                "AB12-CD34",
                "LEG");
        when(documents.list(any())).thenReturn(List.of(paper));
        when(documents.get(any(), any())).thenReturn(paper);
        when(documents.pdf(any(), any(), any())).thenReturn("%PDF-1.7".getBytes());
        when(documents.services(any()))
                .thenReturn(List.of(new Service(
                        DONE, CASE, "RN-01", DONE, "PATIENT", true, true, "zh", "YES", null, "triage", false, false,
                        now, "triage")));
        when(documents.verify(anyString()))
                .thenAnswer(call -> call.getArgument(0).equals("AB12-CD34")
                        ? Optional.of(new VerifiedDocument(
                                paper.number(),
                                paper.title(),
                                new Text("郑州市第八人民医院", "Hospital"),
                                now,
                                "ISSUED",
                                1,
                                "ef".repeat(32),
                                null))
                        : Optional.empty());
        return documents;
    }

    @Bean
    org.greenchannel.dossier.Dossiers dossiers(CaseFiles cases) {
        var dossiers = mock(org.greenchannel.dossier.Dossiers.class);
        when(dossiers.story(any(), any(), any(), anyInt(), any()))
                .thenAnswer(call -> cases.story(null, null, (String) null, 1, null));
        when(dossiers.reads(any(), any(), any())).thenReturn(true);
        return dossiers;
    }

    @Bean
    org.greenchannel.attachment.Attachments attachments() {
        return mock(org.greenchannel.attachment.Attachments.class);
    }

    @Bean
    org.greenchannel.help.HelpBook help() {
        return mock(org.greenchannel.help.HelpBook.class);
    }

    @Bean
    org.greenchannel.help.Tours tours() {
        return mock(org.greenchannel.help.Tours.class);
    }

    @Bean
    org.greenchannel.note.Notes notes() {
        var notes = mock(org.greenchannel.note.Notes.class);
        when(notes.list(any(), any(), anyInt(), any())).thenReturn(new Page<>(List.of(), null));
        return notes;
    }

    @Bean
    org.greenchannel.rights.RightsCodes rightsCodes() {
        return mock(org.greenchannel.rights.RightsCodes.class);
    }

    @Bean
    org.greenchannel.rights.RightsDesk rightsDesk() {
        return mock(org.greenchannel.rights.RightsDesk.class);
    }

    @Bean
    org.greenchannel.document.PaperPrints prints() {
        return mock(org.greenchannel.document.PaperPrints.class);
    }

    @Bean
    Notifications notifications() {
        var notifications = mock(Notifications.class);
        var told = new Notification(
                TAKEN,
                NUMBER,
                "team-alert",
                new Text("有新的应急事件，请协助处置", "A new emergency needs your help"),
                new Text("案件 " + NUMBER + "：请查看案件。", "Case " + NUMBER + ": open the case."),
                now.minusSeconds(600),
                null);
        when(notifications.list(
                        argThat(viewer -> viewer != null && !viewer.username().equals("officer")),
                        anyBoolean(),
                        anyInt(),
                        any()))
                .thenReturn(new Page<>(List.of(told), "more"));
        when(notifications.list(
                        argThat(viewer -> viewer != null && viewer.username().equals("officer")),
                        anyBoolean(),
                        anyInt(),
                        any()))
                .thenReturn(new Page<>(List.of(), null));
        when(notifications.unread(any()))
                .thenAnswer(call -> switch (call.<Viewer>getArgument(0).username()) {
                    case "triage" -> 100;
                    case "auditor" -> 3;
                    default -> 0;
                });
        when(notifications.openDuties(
                        argThat(viewer -> viewer != null && viewer.username().equals("triage")), anyInt()))
                .thenReturn(List.of(new Duty(
                        DONE,
                        CASE,
                        NUMBER,
                        "GUARDIAN",
                        "admission-decided",
                        new Text("收治决定已作出", "The admission has been decided"),
                        now.minusSeconds(3600),
                        null,
                        null,
                        null)));
        when(notifications.failed(anyInt(), any()))
                .thenReturn(List.of(new FailedDelivery(
                        DONE,
                        NUMBER,
                        "team-alert",
                        "officer",
                        Channel.MAIL,
                        6,
                        true,
                        "MailSendException",
                        now.minusSeconds(9000))));
        return notifications;
    }

    @Bean
    NoticePreferences noticePreferences() {
        NoticePreferences preferences = mock();
        when(preferences.available()).thenReturn(List.of(Channel.values()));
        when(preferences.of(any()))
                .thenReturn(new NoticePreferences.Choices(
                        java.util.Map.of(NoticeKind.TASK, java.util.Set.of(Channel.IN_APP, Channel.MAIL)),
                        java.time.LocalTime.of(22, 0),
                        java.time.LocalTime.of(7, 0),
                        true,
                        true));
        when(preferences.addresses(any()))
                .thenReturn(List.of(
                        new NoticePreferences.Address(Channel.SMS, "13****00", null),
                        new NoticePreferences.Address(Channel.CHAT, "zz****01", now)));
        return preferences;
    }

    @Bean
    Funding funding() {
        var funding = mock(Funding.class);
        var yuan = new Money(new java.math.BigDecimal("12345.60"));
        when(funding.of(any()))
                .thenReturn(Optional.of(new FundingView(
                        yuan,
                        Money.ZERO,
                        yuan,
                        Money.ZERO,
                        List.of(new Claim(
                                DONE,
                                "MED_AID",
                                new Text("医疗救助", "Medical assistance"),
                                yuan,
                                1,
                                "APPROVED",
                                "D6a-4",
                                "医疗保障法",
                                now,
                                List.of(new Claim.Decision(now, "triage", "hosp-triage", "APPROVE")))))));
        return funding;
    }

    @Bean
    Traceability traceability() {
        var traceability = mock(Traceability.class);
        var mechanisms = List.of(
                new Mechanism(
                        "F015",
                        "S000",
                        Text.same("二(一)3"),
                        "C",
                        new Text("肇事肇祸患者收治机制", "Admission after incidents"),
                        Map.of("processes", List.of("emergency-admission"), "pages", List.of("/start/emergency")),
                        null),
                new Mechanism(
                        "F012",
                        "S000",
                        Text.same("一(七)"),
                        "O",
                        new Text("宣传", "Publicity"),
                        Map.of(),
                        new Text("不在办理范围", "No handling of cases")));
        when(traceability.sources())
                .thenReturn(List.of(new SourceDocument("S000", new Text("任务分解", "Division of tasks"), "jiyuan")));
        when(traceability.mechanisms(any(), any(), any())).thenReturn(mechanisms);
        when(traceability.servedBy(anyString(), any())).thenReturn(mechanisms.subList(0, 1));
        when(traceability.name(anyString(), anyString())).thenAnswer(call -> Text.same(call.getArgument(1)));
        return traceability;
    }

    @Bean
    Oversight oversight() {
        var oversight = mock(Oversight.class);
        when(oversight.alerts(org.mockito.ArgumentMatchers.anyBoolean(), any(), anyInt(), any()))
                .thenReturn(new Page<>(
                        List.of(new Alert(
                                DONE,
                                CASE,
                                NUMBER,
                                "410105001001",
                                "POSSIBLE_REFUSAL",
                                "MHL 28(3), 74(1)",
                                List.of("hosp-triage@zz-hosp-8"),
                                now,
                                null,
                                null)),
                        null));
        when(oversight.history(any(), any()))
                .thenReturn(new Page<>(
                        List.of(new HistoryEntry(
                                DONE,
                                NUMBER,
                                "emergency-admission",
                                "410105001001",
                                now,
                                "TASK_DONE",
                                new Text("绿色通道接诊", "Received"),
                                "MHL 28(3)",
                                "triage")),
                        "9"));
        when(oversight.breached(any(), anyInt()))
                .thenReturn(List.of(
                        new BreachedClock(legal("T03", "留院诊断结论", "Conclusion", -90000, null), NUMBER, "410105001001")));
        return oversight;
    }
}
