package locale_test

import (
	"testing"

	"sharh/app/desk/edtf"
)

func when(t *testing.T, c edtf.Calendar, text string) edtf.When {
	t.Helper()
	w, ok := c.Parse(text)
	if !ok {
		t.Fatalf("%q is no date", text)
	}
	return w
}

func TestVagueDates(t *testing.T) {
	en, ar := language(t, "en", ""), language(t, "ar", "arab")
	for _, c := range []struct{ text, en, ar string }{
		{"1978", "1978", "١٩٧٨"},
		{"spring 2021", "spring 2021", "ربيع ٢٠٢١"},
		{"2021 Q3", "third quarter of 2021", "الربع الثالث من ٢٠٢١"},
		{"1990s", "1990s", "تسعينيات القرن العشرين"},
		{"200X", "2000s", "العقد الأول من القرن الحادي والعشرين"},
		{"19th century", "19th century", "القرن التاسع عشر"},
		{"19XX", "20th century", "القرن العشرون"},
		{"25XX", "2500 – 2599", "٢٥٠٠ – ٢٥٩٩"},
		{"c. 2021-05", "about May 2021", "نحو مايو ٢٠٢١"},
		{"1978?", "1978 (uncertain)", "١٩٧٨ (غير مؤكد)"},
		{"44 BC", "44 BC", "٤٤ ق.م."},
		{"-0043-03-15", "15 March 44 BC", "١٥ مارس ٤٤ ق.م."},
		{"1 BC/70 AD", "1 BC – 70", "١ ق.م. – ٧٠"},
		{"2021-05-03/2021-05-09", "3–9 May 2021", "٣–٩ مايو ٢٠٢١"},
		{"2021-05-30/2021-06-02", "30 May – 2 June 2021", "٣٠ مايو – ٢ يونيو ٢٠٢١"},
		{"2020-12-30/2021-01-02", "30 December 2020 – 2 January 2021", "٣٠ ديسمبر ٢٠٢٠ – ٢ يناير ٢٠٢١"},
		{"2021-05/2021-07", "May – July 2021", "مايو – يوليو ٢٠٢١"},
		{"2021-05/2022-07", "May 2021 – July 2022", "مايو ٢٠٢١ – يوليو ٢٠٢٢"},
		{"2021/2021", "2021", "٢٠٢١"},
		{"2021-05~/2021-07", "about May 2021 – July 2021", "نحو مايو ٢٠٢١ – يوليو ٢٠٢١"},
		{"1990/..", "from 1990", "منذ ١٩٩٠"},
		{"../1990", "until 1990", "حتى ١٩٩٠"},
		{"2021-05-03T14:30", "3 May 2021, 14:30", "٣ مايو ٢٠٢١، ١٤:٣٠"},
		{"2021-05-03T14:30Z", "3 May 2021, 14:30 UTC", "٣ مايو ٢٠٢١، ١٤:٣٠ بتوقيت غرينتش"},
		{"2021-05-03T14:30+03:00/2021-05-03T16:05+03:00", "3 May 2021, 14:30 – 16:05 UTC+3", "٣ مايو ٢٠٢١، ١٤:٣٠ – ١٦:٠٥ بتوقيت غرينتش+٣"},
		{"2021-05-03T14:30Z/2021-05-03T16:05", "3 May 2021, 14:30 UTC – 3 May 2021, 16:05", "٣ مايو ٢٠٢١، ١٤:٣٠ بتوقيت غرينتش – ٣ مايو ٢٠٢١، ١٦:٠٥"},
		{"2021-05-03 14:30 -03:30", "3 May 2021, 14:30 UTC−3:30", "٣ مايو ٢٠٢١، ١٤:٣٠ بتوقيت غرينتش−٣:٣٠"},
	} {
		same(t, c.text, en.Date(when(t, edtf.Gregorian, c.text)).Text, c.en)
		same(t, c.text, ar.Date(when(t, edtf.Gregorian, c.text)).Text, c.ar)
	}
	same(t, "as written", en.Date(when(t, edtf.Gregorian, "spring 2021")).ISO, "2021-21")
	same(t, "a year", en.Year(2021), "2021")
	same(t, "a year before the first", ar.Year(-43), "٤٤ ق.م.")
}

func TestDatesOfOtherCalendars(t *testing.T) {
	en, ar := language(t, "en", ""), language(t, "ar", "arab")
	for _, c := range []struct {
		calendar     edtf.Calendar
		text, en, ar string
	}{
		{edtf.Persian, "1399-02-14", "14 Ordibehesht 1399 SH (3 May 2020)", "١٤ أرديبهشت ١٣٩٩ هـ.ش (٣ مايو ٢٠٢٠)"},
		{edtf.Persian, "1399-02", "Ordibehesht 1399 SH (April – May 2020)", "أرديبهشت ١٣٩٩ هـ.ش (أبريل – مايو ٢٠٢٠)"},
		{edtf.Persian, "c. 1399", "about 1399 SH (2020 – 2021)", "نحو ١٣٩٩ هـ.ش (٢٠٢٠ – ٢٠٢١)"},
		{edtf.Persian, "2020-05-03", "3 May 2020", "٣ مايو ٢٠٢٠"},
		{edtf.UmmAlQura, "1447-04-24", "24 Rabiʿ al-thani 1447 AH (16 October 2025)", "٢٤ ربيع الآخر ١٤٤٧ هـ (١٦ أكتوبر ٢٠٢٥)"},
		{edtf.Hijri, "1399-02-01/1399-02-03", "1 Safar 1399 AH (1 January 1979) – 3 Safar 1399 AH (3 January 1979)", "١ صفر ١٣٩٩ هـ (١ يناير ١٩٧٩) – ٣ صفر ١٣٩٩ هـ (٣ يناير ١٩٧٩)"},
	} {
		same(t, c.text, en.Date(when(t, c.calendar, c.text)).Text, c.en)
		same(t, c.text, ar.Date(when(t, c.calendar, c.text)).Text, c.ar)
	}
}
