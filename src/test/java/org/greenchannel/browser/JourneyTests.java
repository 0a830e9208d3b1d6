package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One emergency from the officer's phone to the auditor's proof, through the pages alone. */
class JourneyTests extends BrowserTests {

    private static final String WHY = "反复持刀追赶他人，近三日加重，无他人制止时很可能再次发生，程度严重。";
    private static final String COMPLETE = "提交办结";
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    private String number = "";
    private String visitor = "";

    @AfterEach
    void realTime() {
        new TimeMachine(clock, management).realTime();
    }

    @Test
    void anEmergencyGoesFromThePhoneOfTheOfficerToTheProofOfTheAuditor() {
        officerOnThePhone();
        hospitalReceives();
        hospitalDecides();
        noticesAreServed();
        caseFileTellsTheStory();
        moneyIsPaid();
        weekPassesAndTheEmergencyEnds();
        auditorProves();
    }

    // ---- the journey

    private void officerOnThePhone() {
        open(360, 740);
        as("officer");
        startEmergency();
        number = page.locator(".number-big").innerText().strip();

        page.getByText("办理下一步").click();
        FormFields scene = form();
        assertThat(List.of(at(0), at(-1)))
                .as("the time of day where the officer stands")
                .extracting(FormFields::words)
                .contains(scene.shown("到达时间"));
        check("journey-scene-phone");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("下一步").setExact(true))
                .click();
        Locator errors = page.locator("form-viewer .errors");
        assertThat(errors.getByRole(AriaRole.LINK).first()).isFocused();
        assertThat(page).hasTitle(Pattern.compile("^错误："));
        check("journey-scene-errors-phone");

        whoCame();
        whatTheySaw(scene);
        page.locator("[data-submits]").first().click();
        assertThat(errors.getByRole(AriaRole.LINK)).hasCount(1);
        assertThat(page.locator("input[id*=Field_officer]").nth(1)).hasValue("测警二");
        scene.sign();
        complete();
    }

    private void whoCame() {
        for (int i = 0; i < 2; i++) {
            Locator officer = page.locator("input[id*=Field_officer]").nth(i);
            officer.fill(List.of("测警一", "测警二").get(i));
            officer.blur();
        }
    }

    private static void whatTheySaw(FormFields scene) {
        scene.tick("对人持械，或放火、爆炸", "喊叫、口头威胁")
                .choose("对人动手（未持械）", "没有")
                .choose("打砸物品", "没有")
                .choose("打砸地点", "没有打砸")
                .choose("躯体急症", "无躯体急症")
                .choose("身份情况", "身份清楚")
                .tick("收缴器械", "护送")
                .choose("下一步", "送医院诊断")
                .toTheEnd();
    }

    private void startEmergency() {
        page.navigate("/start/emergency");
        leave(page.getByText("立即发出"));
        assertThat(page.getByRole(AriaRole.ALERT).getByRole(AriaRole.LINK).first())
                .isVisible();
        page.getByLabel("打人", new Page.GetByLabelOptions().setExact(true)).check();
        page.locator("#f-actDescription").fill("在小区门口持刀追赶路人，情绪激动，自言自语。");
        leave(page.getByText("立即发出"));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("有内容需要更正");
        assertThat(page.locator("#f-actDescription")).hasValue("在小区门口持刀追赶路人，情绪激动，自言自语。");
        page.getByLabel("持刀或其他器械").check();
        page.locator("#f-place").fill("花园路一号院门口");
        assertThat(page.locator("#f-channel")).hasValue("110");
        page.locator("#f-areaCode").selectOption("990105001001");
        page.getByLabel("对他人有危险或已有伤害").check();
        page.getByLabel("知道本人是谁").check();
        page.getByText("补充情况（可以稍后填写）").click();
        page.locator("#f-personName").fill("测甲乙");
        page.locator("#f-guardianName").fill("测丙丁");
        page.locator("#f-guardianPhone").fill("13800000000");
        leave(page.getByText("立即发出"));
        assertThat(page.locator("h1")).hasText("已发起");
    }

    private void hospitalReceives() {
        open(1440, 1000);
        hospitalAnswers();
        officerHandsOver();
        as("triage");
        FormFields arrival = task("绿色通道接诊");
        arrival.choose("有危及生命的躯体急症", "否")
                .choose("本人是否愿意接受检查", "反对")
                .choose("有伤害自身或危害他人的行为或危险", "是")
                .type("伤情（没有请填“无”）", "未见外伤。")
                .choose("身份情况", "身份清楚")
                .tick("进入绿色通道", "随身物品已清点")
                .sign();
        complete();
        serve("送达到院告知", "患者本人");
    }

    private void hospitalAnswers() {
        as("triage");
        task("医院应答").choose("应答", "可以收诊");
        complete();
    }

    private void officerHandsOver() {
        as("officer");
        task("填写送诊交接单")
                .choose("送诊人", "公安机关")
                .type("送诊人姓名", "测警一")
                .type("送诊人电话", "13800000001")
                .type("送诊人单位", "花园路派出所")
                .type("送诊原因", "持刀追赶路人，疑似精神障碍，送医诊断。")
                .type("随身物品", "钥匙一串，手机一部。")
                .sign();
        complete();
    }

    /** A notice of rights with a witness. */
    private void serve(String task, String recipient) {
        FormFields form = task(task);
        form.choose("送达对象", recipient)
                .tick("已口头宣读并解释", "已交付书面告知书")
                .choose("告知语言", "普通话")
                .choose("是否理解", "已理解")
                .choose("见证人（本单位）", "白细心")
                .sign();
        complete();
    }

    private void hospitalDecides() {
        as("social");
        FormFields contact = task("联系监护人");
        contact.choose("监护人情况", "已联系上，同意住院")
                .moment("联系时间", at(-1))
                .choose("方式", "电话")
                .choose("结果", "联系上本人")
                .type("联系对象", "测丙丁")
                .choose("与本人关系", "配偶")
                .moment("告知监护人时间", at(-2))
                .moment("同意书签署时间", at(0))
                .type("同意书编号", "GC-0001")
                .sign();
        complete();

        as("doctor");
        FormFields diagnosis = task("诊断与病情评估");
        diagnosis
                .moment("检查开始", at(-5))
                .choose("结论", "严重精神障碍")
                .type("诊断编码（ICD-10）", "F20.0")
                .choose("伤害自身", "无")
                .choose("危害他人安全", "已有行为")
                .type("危险的性质、程度和可能性", WHY)
                .type("危险性等级（0—5）", "5")
                .choose("需要住院治疗", "是")
                .type("为什么其他较轻的方式不够", "已考虑门诊治疗和居家看护，不足以防止危险。")
                .choose("辨认和表达能力（临床意见）", "限制")
                .choose("本人对住院的意愿", "反对")
                .sign();
        check("task-diagnosis");
        complete();
        FormFields basis = task("医师签署");
        basis.choose("您的决定", "同意，按此办理").type("理由", "符合精神卫生法第三十条第二款第二项的情形。").sign();
        page.locator("[data-submits]").first().click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("精神卫生法");
        check("task-basis-confirm");
        dialog.getByText("返回核对").click();
        assertThat(dialog).isHidden();
        complete();

        as("affairs");
        task("办理住院手续")
                .choose("签字人", "监护人")
                .type("签字人姓名", "测丙丁")
                .type("签字人电话", "13800000000")
                .type("签字人证件号码", "无")
                .type("身份或授权证明编号", "ZM-0001")
                .sign();
        complete();
    }

    private void noticesAreServed() {
        as("attending");
        serve("送达患者", "患者本人");
        serve("送达监护人", "监护人");
    }

    private void caseFileTellsTheStory() {
        as("doctor");
        page.navigate("/cases/" + number);
        assertThat(page.locator(".case-head")).containsText("非自愿住院（危害他人）");
        assertThat(page.locator(".case-head")).not().containsText("测甲乙");
        assertThat(page.locator(".story")).containsText("精神卫生法");
        picture("case");

        page.navigate("/cases/" + number + "?tab=documents");
        Locator papers = page.locator(".table").first();
        assertThat(papers).containsText("送诊交接单");
        assertThat(papers).containsText("患者");
        assertThat(papers).containsText("监护人");
        var pdf = page.request()
                .get(
                        papers.getByRole(AriaRole.LINK).first().getAttribute("href"),
                        RequestOptions.create().setMaxRedirects(0));
        assertThat(pdf.headers().get("content-type")).startsWith("application/pdf");
        assertThat(new String(pdf.body(), 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");

        page.navigate("/cases/" + number + "?tab=clocks");
        assertThat(page.locator(".table")).containsText("精神卫生法");
        assertThat(page.locator(".table")).containsText("已按期完成");
        page.navigate("/cases/" + number + "?tab=diagram");
        assertThat(page.locator("diagram-viewer[data-state=ready]")).isVisible();
        assertThat(page.locator("diagram-viewer .token").first()).isVisible();
        assertThat(page.locator("diagram-viewer .is-done").first()).isVisible();
        page.navigate("/cases/" + number + "?tab=decisions");
        assertThat(page.locator("main .table")).containsText("非自愿住院（危害他人）");
        assertThat(page.locator("main .table")).containsText("精神卫生法30条");
        page.locator("#purpose").selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("诊疗"));
        page.getByText("查看并留痕").click();
        assertThat(page.locator("main")).containsText("测甲乙");
        check("case-identity");
    }

    private void moneyIsPaid() {
        as("insurance");
        FormFields claim = task("归集费用");
        claim.choose("参保地", "未参保或不详")
                .choose("救助类别", "无")
                .tick("无力支付")
                .type("住院号", "ZY-0001")
                .type("总费用", "6000")
                .choose("来源", "财政专项")
                .type("金额", "5000")
                .type("结算单或凭证号", "V-" + number)
                .type("本次申请救助合计", "5000")
                .type("个人自付", "1000")
                .sign();
        check("task-claim");
        complete();
        as("civil");
        task("经费审核").choose("决定", "同意").tick("已核对资格、金额和凭证").sign();
        complete();
        as("finance");
        task("拨付经费").type("付款凭证号", "P-" + number).tick("已核对没有重复支付").sign();
        complete();
        as("insurance");
        page.navigate("/cases/" + number + "?tab=funding");
        assertThat(page.locator("main")).containsText("已拨付");
    }

    private void weekPassesAndTheEmergencyEnds() {
        as("doctor");
        task("应急处置记录单")
                .moment("处置开始", at(-1))
                .moment("处置结束", at(0))
                .tick("留院诊断", "收治住院")
                .type("主要表现", "持刀追赶路人，自言自语，情绪激动。")
                .type("处置经过", "民警控制后送医，急诊留院观察并收治。")
                .choose("知情同意", "依法处置，无需同意")
                .tick("精防机构", "随患者材料", "留存")
                .sign();
        complete();
        pass(Duration.ofDays(8));
        LocalDate today = LocalDate.ofInstant(clock.instant(), FormFields.CHINA);
        as("info");
        FormFields card = task("填报发病报告卡");
        card.choose("报告类别", "初次报告")
                .day("确诊日期", today)
                .day("诊断日期", today)
                .type("诊断编码（ICD-10）", "F20.0")
                .choose("病种", "精神分裂症")
                .choose("性别", "男")
                .choose("户籍类型", "本县区")
                .choose("知情同意", "依法管理，无需同意")
                .choose("报告医师", "林主治")
                .type("报告单位电话", "13800000002")
                .sign();
        complete();
        as("town");
        task("事后评估")
                .tick("停药或治疗中断", "处置及时", "公安", "基层医疗机构", "村（社区）")
                .choose("风险颜色", "红")
                .type("工作中的不足", "停药三个月无人发现，随访间隔过长。")
                .type("改进措施", "每两周随访一次，落实监护看护。")
                .sign();
        complete();
        as("doctor");
        page.navigate("/cases/" + number);
        // the emergency is over; the case goes on while the person is in hospital
        assertThat(page.locator(".case-head")).not().containsText("已结案");
        assertThat(page.locator(".case-head")).containsText("已收治：危害他人");
    }

    private void auditorProves() {
        as("auditor");
        page.navigate("/oversight/history?number=" + number);
        assertThat(page.locator("main .table tbody tr").first()).isVisible();
        assertThat(page.locator("main .table")).containsText(number);
        page.navigate("/cases/" + number);
        assertThat(page.locator(".story")).containsText("法律状态");
        page.navigate("/oversight/audit");
        page.getByText("校验完整性").click();
        assertThat(page.locator("h1")).hasText("审计日志完整");
        check("oversight-verification");
        for (String user : List.of("supervisor", "health")) {
            as(user);
            for (String desk : List.of("alerts", "alerts?state=all", "clocks", "history")) {
                page.navigate("/oversight/" + desk);
                assertThat(page.locator("h1")).hasText("监督");
            }
        }
    }

    // ---- what the product looks like, and in English

    @Test
    void aNurseSeesHerWorkInBothLanguages() {
        open(360, 740);
        as("officer");
        page.navigate("/start/emergency");
        for (int i = 0; i < 4; i++) {
            sendWithScene();
        }
        open(1440, 900);
        hospitalAnswers();
        officerHandsOver();
        as("triage");
        page.navigate("/?view=available");
        assertThat(page.locator("[data-row]").first()).containsText("精神卫生法");
        check("work-list-full");
        picture("work-list");
        page.getByText("English").click();
        for (Locator text : page.locator(
                        "nav:visible, .tabs, .filters, [data-row] .row-title, [data-row] .facts, .group-title")
                .all()) {
            // names of people stay as they are written
            String words = text.innerText().replaceAll("[测无]\\S*", "").replaceAll("[何]\\S*", "");
            assertThat(CHINESE.matcher(words.replace("中文", "")).find())
                    .as(words)
                    .isFalse();
        }
        check("work-list-en");
    }

    @Test
    void aHospitalWithoutABedIsSeenByTheHealthCommission() {
        open(360, 740);
        sendWithScene();
        open(1440, 900);
        as("triage");
        task("医院应答").choose("应答", "无法安置").type("无法安置的原因", "病房满员，急诊留观床位已用完。");
        complete();
        as("health");
        page.navigate("/oversight/alerts");
        Locator row = alert();
        assertThat(row).containsText("疑似拒绝接诊");
        assertThat(row).containsText("精神卫生法28条3款、74条1款");
        row.getByRole(AriaRole.BUTTON).click();
        page.navigate("/oversight/alerts?state=all");
        assertThat(alert()).containsText("已知悉");
    }

    /** The alert of this case, on whatever page it stands: other tests have left theirs in this database. */
    private Locator alert() {
        Locator row = page.locator(".row")
                .filter(new Locator.FilterOptions().setHasText(number))
                .first();
        while (row.count() == 0 && page.locator(".more a").count() > 0) {
            page.navigate(page.locator(".more a").getAttribute("href"));
        }
        return row;
    }

    /** A new case up to the question to the hospital. */
    private void sendWithScene() {
        as("officer");
        startEmergency();
        number = page.locator(".number-big").innerText().strip();
        page.getByText("办理下一步").click();
        FormFields scene = form();
        whoCame();
        whatTheySaw(scene);
        scene.sign();
        complete();
    }

    // ---- helps

    private void as(String username) {
        if (!visitor.equals(username)) {
            signIn(username);
            visitor = username;
        }
    }

    @Override
    void open(int width, int height) {
        super.open(width, height);
        visitor = "";
    }

    /** Opens the first open task of this name on the case from the work list. */
    private FormFields task(String name) {
        page.navigate("/?view=available&q=" + number);
        if (page.locator("[data-row] .row-title").count() == 0) {
            page.navigate("/?view=mine&q=" + number);
        }
        page.locator("[data-row] .row-title")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first()
                .click();
        return form();
    }

    private FormFields form() {
        return new FormFields(page);
    }

    /** Submits, confirms where it is asked, and sees the receipt. */
    private void complete() {
        page.locator("[data-submits]").first().click();
        Locator dialog = page.locator("dialog[open]");
        if (dialog.count() > 0) {
            dialog.getByText(COMPLETE).click();
        }
        page.waitForCondition(() -> page.url().endsWith("/receipt")
                || page.locator("form-viewer .errors").count() > 0);
        if (!page.url().endsWith("/receipt")) {
            throw new AssertionError(page.locator("form-viewer .errors").innerText());
        }
        assertThat(page.locator("h1")).containsText("已办结");
        assertThat(page.locator(".number-big")).containsText(number);
    }

    private Instant at(long minutes) {
        return clock.instant().plus(minutes, ChronoUnit.MINUTES);
    }

    private void picture(String name) {
        page.evaluate("window.scrollTo(0,0)");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/pictures/" + name + ".png")));
    }

    /** Moves the clocks of product and engine and runs what is due. */
    private void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }
}
