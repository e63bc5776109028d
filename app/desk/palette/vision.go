package palette

import "math"

// Visions are the three kinds of dichromacy, as matrices over linear red, green and blue: Machado, Oliveira and
// Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009,
// severity 1.0.
var Visions = map[string][3][3]float64{
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// Seen returns a colour as people with the given vision see it.
func (c Colour) Seen(vision string) Colour {
	l, m := c.linear(), Visions[vision]
	var out Colour
	for i := range out {
		x := min(1, max(0, m[i][0]*l[0]+m[i][1]*l[1]+m[i][2]*l[2]))
		if x <= 0.0031308 {
			out[i] = 12.92 * x
		} else {
			out[i] = 1.055*math.Pow(x, 1/2.4) - 0.055
		}
	}
	return out
}

// lab is a colour in CIELAB under D65.
func (c Colour) lab() (l, a, b float64) {
	v := c.linear()
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*v[0] + 0.3575761*v[1] + 0.1804375*v[2]) / 0.95047)
	y := f(0.2126729*v[0] + 0.7151522*v[1] + 0.0721750*v[2])
	z := f((0.0193339*v[0] + 0.1191920*v[1] + 0.9503041*v[2]) / 1.08883)
	return 116*y - 16, 500 * (x - y), 200 * (y - z)
}

// Difference is CIEDE2000: about 1 is just visible side by side, 10 is visible at a glance.
func Difference(c, d Colour) float64 {
	l1, a1, b1 := c.lab()
	l2, a2, b2 := d.lab()
	return ciede2000(l1, a1, b1, l2, a2, b2)
}

// ciede2000 follows the notation of Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula", 2005.
func ciede2000(l1, a1, b1, l2, a2, b2 float64) float64 {
	const rad = math.Pi / 180
	pow7 := func(x float64) float64 { return math.Pow(x, 7) }
	cm := (math.Hypot(a1, b1) + math.Hypot(a2, b2)) / 2
	g := .5 * (1 - math.Sqrt(pow7(cm)/(pow7(cm)+pow7(25))))
	a1, a2 = a1*(1+g), a2*(1+g)
	c1, c2 := math.Hypot(a1, b1), math.Hypot(a2, b2)
	hue := func(a, b float64) float64 {
		if a == 0 && b == 0 {
			return 0
		}
		return math.Mod(math.Atan2(b, a)/rad+360, 360)
	}
	h1, h2 := hue(a1, b1), hue(a2, b2)
	dh, hm := h2-h1, (h1+h2)/2
	switch {
	case c1*c2 == 0:
		dh, hm = 0, h1+h2
	case math.Abs(h1-h2) > 180:
		if dh > 180 {
			dh -= 360
		} else {
			dh += 360
		}
		if h1+h2 < 360 {
			hm += 180
		} else {
			hm -= 180
		}
	}
	dl, dc := l2-l1, c2-c1
	dH := 2 * math.Sqrt(c1*c2) * math.Sin(dh/2*rad)
	lm, cm2 := (l1+l2)/2, (c1+c2)/2
	t := 1 - .17*math.Cos((hm-30)*rad) + .24*math.Cos(2*hm*rad) + .32*math.Cos((3*hm+6)*rad) - .2*math.Cos((4*hm-63)*rad)
	sl := 1 + .015*(lm-50)*(lm-50)/math.Sqrt(20+(lm-50)*(lm-50))
	sc, sh := 1+.045*cm2, 1+.015*cm2*t
	rt := -math.Sin(60*math.Exp(-math.Pow((hm-275)/25, 2))*rad) * 2 * math.Sqrt(pow7(cm2)/(pow7(cm2)+pow7(25)))
	x, y, z := dl/sl, dc/sc, dH/sh
	return math.Sqrt(x*x + y*y + z*z + rt*y*z)
}
