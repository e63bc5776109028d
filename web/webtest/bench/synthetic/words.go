package synthetic

import (
	"fmt"
	"strings"
	"unicode"
)

// arabic is a number in Arabic digits.
func arabic(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + '٠' }, fmt.Sprint(n))
}

// capital is a text with its first letter as a capital.
func capital(s string) string {
	return string(unicode.ToUpper(rune(s[0]))) + s[1:]
}

// office is who acts in the stories.
type office struct {
	name, role text
	shape      string
}

var offices = []office{
	{text{"وزارة الطاقة", "Energy ministry"}, text{"تضع سياسة الطاقة", "Makes energy policy"}, "institution"},
	{text{"وزارة النقل", "Transport ministry"},
		text{"مسؤولة عن الطرق والموانئ", "Is in charge of roads and ports"}, "institution"},
	{text{"هيئة الميناء", "Port authority"}, text{"تدير الميناء", "Runs the port"}, "institution"},
	{text{"مجلس النهر", "River council"}, text{"يقسم مياه النهر", "Shares out the river's water"}, "institution"},
	{text{"مشغل الشبكة", "Grid operator"}, text{"يشغل شبكة الكهرباء", "Operates the power grid"}, "institution"},
	{text{"اتحاد المزارعين", "Farmers' union"}, text{"يتكلم باسم المزارعين", "Speaks for farmers"}, "voices"},
	{text{"نقابة العمال", "Dockers' union"}, text{"تمثل عمال الأرصفة", "Represents dock workers"}, "voices"},
	{text{"ديوان المحاسبة", "Audit office"}, text{"يراجع الإنفاق العام", "Audits public spending"}, "institution"},
	{text{"لجنة البرلمان", "Parliament committee"}, text{"تستجوب الوزراء", "Questions ministers"}, "institution"},
	{text{"البنك المركزي", "Central bank"}, text{"يحدد سعر الفائدة", "Sets the interest rate"}, "institution"},
	{text{"شركة السكك", "Rail company"}, text{"تسير القطارات", "Runs the trains"}, "institution"},
	{text{"الشركة المنفذة", "Contractor"}, text{"تنفذ الأشغال", "Carries out the works"}, "institution"},
	{text{"بلدية الساحل", "Coast town council"}, text{"تدير شؤون البلدة", "Governs the town"}, "institution"},
	{text{"حكومة الشمال", "Northern government"}, text{"تحكم ضفة الشمال", "Governs the northern bank"}, "state"},
	{text{"حكومة الجنوب", "Southern government"}, text{"تحكم ضفة الجنوب", "Governs the southern bank"}, "state"},
	{text{"حكومة الجزر", "Island government"}, text{"تحكم الجزر", "Governs the islands"}, "state"},
	{text{"المحكمة العليا", "Supreme court"}, text{"تفصل في النزاع", "Decides the dispute"}, "institution"},
	{text{"هيئة المنافسة", "Competition authority"}, text{"تراقب الأسواق", "Watches over markets"}, "institution"},
	{text{"سكان الوادي", "Valley residents"}, text{"يسكنون أسفل السد", "Live below the dam"}, "voices"},
	{text{"خبراء المياه", "Water experts"}, text{"يدرسون منسوب النهر", "Study the river's level"}, "voices"},
	{text{"محللو الأسواق", "Market analysts"}, text{"يتابعون الأسعار", "Follow prices"}, "voices"},
	{text{"صحيفة المساء", "Evening paper"}, text{"نشرت الوثائق", "Published the papers"}, "media"},
	{text{"إذاعة الساحل", "Coast radio"}, text{"بثت المقابلات", "Broadcast the interviews"}, "media"},
	{text{"القمة السنوية", "Yearly summit"}, text{"يلتقي فيها الطرفان", "Where both sides meet"}, "summit"},
	{text{"مؤتمر المانحين", "Donor conference"}, text{"جمع التعهدات", "Collected the pledges"}, "summit"},
	{text{"السد القديم", "Old dam"}, text{"بني قبل نصف قرن", "Was built half a century ago"}, "object"},
	{text{"الجسر الكبير", "Great bridge"}, text{"يصل الضفتين", "Joins both banks"}, "object"},
	{text{"خط الأنابيب", "Pipeline"}, text{"ينقل الغاز", "Carries gas"}, "object"},
	{text{"فيضان الربيع", "Spring flood"}, text{"أغرق الوادي", "Flooded the valley"}, "event"},
	{text{"إضراب الخريف", "Autumn strike"}, text{"أوقف الميناء", "Stopped the port"}, "event"},
	{text{"صندوق الإعمار", "Building fund"}, text{"يمول المشروع", "Pays for the project"}, "institution"},
	{text{"غرفة التجارة", "Chamber of commerce"}, text{"تمثل التجار", "Represents traders"}, "voices"},
	{text{"حرس الحدود", "Border guard"}, text{"يحرس المعابر", "Guards the crossings"}, "institution"},
	{text{"هيئة الصحة", "Health agency"}, text{"تراقب جودة المياه", "Watches over the quality of water"}, "institution"},
	{text{"جامعة العاصمة", "Capital university"}, text{"أعدت الدراسة", "Made the study"}, "institution"},
	{text{"المتحدث الرسمي", "Official spokesman"}, text{"يتكلم باسم الحكومة", "Speaks for the government"}, "person"},
	{text{"مدير المشروع", "Project manager"}, text{"يدير الأشغال", "Manages the works"}, "person"},
	{text{"كبير المهندسين", "Chief engineer"}, text{"وضع التصميم", "Made the design"}, "person"},
	{text{"الوسيط الدولي", "Mediator"}, text{"يتوسط بين الطرفين", "Mediates between both sides"}, "person"},
	{text{"أمين الصندوق", "Treasurer"}, text{"يوقع الدفعات", "Signs the payments"}, "person"},
}

var (
	matters = []text{
		{"إغلاق الجسر", "the bridge closure"}, {"توسيع الميناء", "the port extension"},
		{"ملء السد", "the filling of the dam"},
		{"بيع السكك", "the sale of the railway"}, {"تسعير الكهرباء", "the price of power"},
		{"تقاسم المياه", "the sharing of water"},
		{"خط الغاز", "the gas line"}, {"إصلاح المصارف", "the reform of banks"},
		{"رسوم العبور", "the transit fees"},
		{"حصص الصيد", "the fishing quotas"}, {"نقل المطار", "the move of the airport"},
		{"مناقصة الطرق", "the road tender"},
	}
	places = []text{
		{"الشمال", "the north"}, {"الجنوب", "the south"}, {"الساحل", "the coast"},
		{"الوادي", "the valley"}, {"الجزر", "the islands"},
		{"العاصمة", "the capital"}, {"الحدود", "the borderland"}, {"الدلتا", "the delta"},
	}
	verbs = []text{
		{"تعيد النظر في", "reviews"}, {"تدافع عن", "defends"}, {"تنتقد", "criticises"},
		{"تؤجل", "postpones"}, {"تكشف", "discloses"},
		{"تطلب تعديل", "asks for a change"}, {"تقيس", "measures"}, {"تشكك في", "doubts"},
		{"تقر", "approves"}, {"ترفض", "rejects"},
		{"تراقب", "watches"}, {"تناقش", "discusses"}, {"تنشر", "publishes"}, {"تعرض", "presents"},
	}
	objects = []text{
		{"كلفة", "the cost"}, {"شروط", "the terms"}, {"موعد", "the date"}, {"تمويل", "the funding"},
		{"أثر", "the effect"},
		{"خطة", "the plan"}, {"وثائق", "the papers"}, {"مراحل", "the stages"},
		{"ضمانات", "the guarantees"}, {"بدائل", "the alternatives"},
		{"نتائج", "the results"}, {"مخاطر", "the risks"},
	}
	times = []text{
		{"بعد أشهر من التردد", "after months of hesitation"},
		{"قبل نهاية السنة", "before the end of the year"},
		{"أمام اللجنة", "before the committee"}, {"في بيان قصير", "in a short notice"},
		{"للمرة الثانية", "for the second time"},
		{"خلافًا لما أعلن", "unlike what was announced"}, {"في جلسة مغلقة", "behind closed doors"},
		{"على مراحل", "step by step"},
		{"بطلب من الطرفين", "as both sides asked"}, {"من غير شرح", "without an explanation"},
	}
	reasons = []text{
		{"لأن الأرقام لا تتفق", "since the figures do not agree"},
		{"والخلاف على الكلفة مستمر", "while the dispute over the cost goes on"},
		{"كما جاء في المحضر", "as the minutes have it"},
		{"ولا تعلق على الأسماء", "and does not comment on names"},
		{"وتعد برد مكتوب", "and promises a written answer"},
		{"مع أن المهلة انتهت", "although the time is over"},
		{"والمفاوضات لم تنته", "and talks have not ended"},
		{"بناء على رأي الخبراء", "on the advice of experts"},
		{"والتنفيذ لم يبدأ", "and work has not begun"},
		{"حتى تصدر المحكمة حكمها", "until the court decides"},
	}
	shorts = []text{
		{"الكلفة والموعد", "Cost and date"}, {"تأجيل آخر", "Another delay"},
		{"شروط الضمان", "Terms of the guarantee"},
		{"لقاء مقترح", "A meeting is proposed"}, {"خلاف على الأرقام", "A dispute over figures"},
		{"تهدئة قصيرة", "A short calm"},
	}
	labels = []text{
		{"توقيع العقد", "Contract signed"}, {"بدء الأشغال", "Works begin"}, {"جلسة البرلمان", "Session"},
		{"نشر التقرير", "Report out"},
		{"وقف العمل", "Work stops"}, {"حكم المحكمة", "Court ruling"},
		{"لقاء الطرفين", "Both sides meet"}, {"دفعة أولى", "First payment"},
		{"مهلة جديدة", "New deadline"}, {"احتجاج السكان", "Protest"},
	}
	sideNames = []text{{"المؤيدون", "In favour"}, {"المعارضون", "Against"}, {"الوسطاء", "In between"},
		{"المراقبون", "Observers"}}
	tones    = []string{"red", "blue", "ochre", "grey"}
	headings = []text{
		{"البداية", "How it began"}, {"المال", "The money"}, {"الخلاف", "The dispute"},
		{"الوساطة", "Mediation"}, {"القانون", "The law"},
		{"السكان", "Residents"}, {"ما بعد ذلك", "What came after"},
	}
	questions = []text{
		{"هل كان التأجيل مقصودًا؟", "Was the delay meant?"}, {"من يدفع الثمن؟", "Who pays?"},
		{"هل تكفي الضمانات؟", "Are the guarantees enough?"},
		{"لماذا الآن؟", "Why now?"}, {"من ربح الوقت؟", "Who won time?"},
		{"هل الأرقام صحيحة؟", "Are the figures right?"},
		{"ما البديل؟", "What else is there?"},
	}
	stepHeads = []text{
		{"بدأ الأمر بطلب", "It began with a request"}, {"ثم اختلفت الأرقام", "Then figures differed"},
		{"تدخل الوسطاء", "Mediators came in"},
		{"توقفت الأشغال", "Works stopped"}, {"تكلم السكان", "Residents spoke"},
		{"قالت المحكمة كلمتها", "The court spoke"},
		{"جاء التمويل متأخرًا", "Money came late"}, {"وبقيت أسئلة", "Questions remain"},
	}
	measured = []text{
		{"مليونًا كلفة المرحلة الأولى", "million for the first stage"},
		{"يومًا من التأخير", "days of delay"},
		{"في المئة من الأشغال أنجز", "per cent of the works done"},
	}
	terms = [][2]text{
		{{"المناقصة", "tender"},
			{"دعوة إلى تقديم عروض لعمل واحد.", "A call for offers for one piece of work."}},
		{{"الضمان", "guarantee"},
			{"مال يودع حتى ينتهي العمل.", "Money that is put down until the work is done."}},
		{{"رسم العبور", "transit fee"}, {"ما يدفع لقاء المرور.", "What is paid for passing."}},
		{{"الحصة", "quota"}, {"أكثر ما يسمح به لطرف.", "The most that a side may take."}},
	}
	publishers = []text{
		{"الجريدة الرسمية", "Official gazette"}, {"صحيفة المساء", "Evening paper"},
		{"إذاعة الساحل", "Coast radio"},
		{"نشرة البرلمان", "Parliament record"}, {"مجلة الاقتصاد", "Economy review"},
	}
	subjects = []text{{"تقرير", "report"}, {"محضر", "minutes"}, {"بيان", "notice"}, {"دراسة", "study"}}
	kinds    = []struct {
		name, label text
		polarity    string
	}{
		{text{"تمويل", "funding"}, text{"تمول", "funds"}, "cooperative"},
		{text{"رقابة", "oversight"}, text{"تراقب", "oversees"}, "neutral"},
		{text{"ضغط", "pressure"}, text{"تضغط على", "presses"}, "pressure"},
		{text{"نزاع", "dispute"}, text{"تنازع", "disputes"}, "conflictual"},
		{text{"وساطة", "mediation"}, text{"تتوسط لدى", "mediates with"}, "cooperative"},
		{text{"اعتراض", "objection"}, text{"تعترض على", "objects to"}, "conflictual"},
		{text{"تكليف", "commission"}, text{"تكلف", "commissions"}, "neutral"},
	}
)
