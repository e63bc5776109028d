package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// calm waits until this machine is nearly idle, because other work would distort the measurement: a browser that has
// just started, or another person's tests. It gives up after a while. It returns the share of all cores that was
// busy last, 0 to 1, or -1 where the system does not say.
func calm(ctx context.Context) (float64, error) {
	const enough, window, most = 0.15, 400 * time.Millisecond, 8 * time.Second
	busy, all, ok := ticks()
	if !ok {
		return -1, nil
	}
	share := 1.0
	for start := time.Now(); share > enough && time.Since(start) < most; {
		if err := pause(ctx, window); err != nil {
			return -1, err
		}
		nowBusy, nowAll, _ := ticks()
		if nowAll > all {
			share = float64(nowBusy-busy) / float64(nowAll-all)
		}
		busy, all = nowBusy, nowAll
	}
	return share, nil
}

// ticks is how long all cores were busy, and how long they have run in all, in ticks of the system since it started.
func ticks() (busy, all int64, ok bool) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0, false
	}
	line, _, _ := strings.Cut(string(data), "\n")
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return 0, 0, false
	}
	for i, f := range fields[1:9] { // user nice system idle iowait irq softirq steal
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, 0, false
		}
		all += n
		if i != 3 && i != 4 {
			busy += n
		}
	}
	return busy, all, true
}

// memory is this machine's memory in MB; 0 where the system does not say.
func memory() int {
	data, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(data) {
		var kb int
		if n, _ := fmt.Sscanf(string(line), "MemTotal: %d kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}
