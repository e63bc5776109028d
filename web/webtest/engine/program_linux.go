package engine

import (
	"os/exec"
	"syscall"
)

// endWithUs makes a program end when this process does, also when that is killed.
func endWithUs(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
