// Package server starts the web servers that publishers use, nginx and Caddy, for tests and benchmarks: as child
// processes, on loopback, at a free port, with the rules that a built site brings.
//
//	s, err := server.Start(ctx, server.Nginx, "/srv", "/srv/site/nginx.conf")
//	defer s.Stop()
package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Kind is a server.
type Kind struct {
	Name      string
	module    string // a file that it needs, "" for none
	configure func(s *Server, root, rules string) (config string, err error)
	arguments func(folder, config string) []string
}

// Server is a server that runs.
type Server struct {
	Address string // "http://127.0.0.1:1234"
	At      string // "127.0.0.1:1234"
	Pin     string // of its certificate, as Chromium's --ignore-certificate-errors-spki-list has it; "" without TLS

	folder  string
	ended   chan struct{}
	process *os.Process
}

// ErrMissing says that a server is not installed.
var ErrMissing = errors.New("it is not installed; make servers installs it, or says how")

// brotli is where Debian has the module of nginx that serves files compressed by brotli.
const brotli = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"

// Nginx is nginx with one worker.
var Nginx = Kind{"nginx", brotli, func(s *Server, root, rules string) (string, error) {
	return nginx(s, "", root, rules), nil
}, nginxArguments}

// NginxTLS is the same with TLS and HTTP/2, and a certificate that no browser knows.
var NginxTLS = Kind{"nginx", brotli, func(s *Server, root, rules string) (string, error) {
	// It is the one that Go has for tests.
	known := httptest.NewUnstartedServer(nil)
	known.StartTLS()
	known.Close()
	pair := known.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		return "", err
	}
	both := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]})
	both = append(both, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})...)
	file := filepath.Join(s.folder, "certificate.pem")
	if err := os.WriteFile(file, both, 0o600); err != nil {
		return "", err
	}
	sum := sha256.Sum256(known.Certificate().RawSubjectPublicKeyInfo)
	s.Pin = base64.StdEncoding.EncodeToString(sum[:])
	s.Address = "https://" + s.At
	listen := fmt.Sprintf(" ssl http2; ssl_certificate %s; ssl_certificate_key %s; ssl_protocols TLSv1.3", file, file)
	return nginx(s, listen, root, rules), nil
}, nginxArguments}

func nginxArguments(folder, config string) []string {
	return []string{"-e", "stderr", "-p", folder, "-c", config}
}

// nginx is the configuration of nginx; listen is what follows the address at which it listens.
func nginx(s *Server, listen, root, rules string) string {
	var temporary strings.Builder
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		fmt.Fprintf(&temporary, "%s_temp_path %s/%s; ", kind, s.folder, kind)
	}
	return fmt.Sprintf("load_module %s; daemon off; master_process off; pid %s/pid; error_log stderr;\n"+
		"events {}\nhttp { access_log off; %s\n server { listen %s%s; root %s; include %s; } }\n",
		brotli, s.folder, &temporary, s.At, listen, root, rules)
}

// Caddy is Caddy without https and without its own administration.
var Caddy = Kind{"caddy", "", func(s *Server, root, rules string) (string, error) {
	return fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n}\nhttp://%s {\n\troot * %s\n\timport %s\n}\n",
		s.At, root, rules), nil
}, func(_, config string) []string { return []string{"run", "--adapter", "caddyfile", "--config", config} }}

// Start starts a server for a root with a site's rules for it, and waits until it answers. The caller must stop it.
func Start(ctx context.Context, k Kind, root, rules string) (*Server, error) {
	program, err := exec.LookPath(k.Name)
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/" + k.Name); err != nil {
			return nil, fmt.Errorf("starting %s: %w", k.Name, ErrMissing)
		}
	}
	if k.module != "" {
		if _, err := os.Stat(k.module); err != nil {
			return nil, fmt.Errorf("starting %s: %s: %w", k.Name, k.module, ErrMissing)
		}
	}
	for _, path := range []*string{&root, &rules} {
		if *path, err = filepath.Abs(*path); err != nil {
			return nil, fmt.Errorf("starting %s: %w", k.Name, err)
		}
	}
	const tries = 5 // another program may take the port before the server does
	var said bytes.Buffer
	for range tries {
		s, err := k.try(ctx, program, root, rules, &said)
		if s != nil || err != nil {
			return s, err
		}
	}
	return nil, fmt.Errorf("starting %s: it ends at once:\n%s", k.Name, said.String())
}

// try starts a server once; it returns nil if the server ends before it answers.
func (k Kind) try(ctx context.Context, program, root, rules string, said *bytes.Buffer) (*Server, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", k.Name, err)
	}
	s := &Server{At: free.Addr().String(), ended: make(chan struct{})}
	free.Close()
	if s.folder, err = os.MkdirTemp("", "sharh-"+k.Name+"-"); err != nil {
		return nil, fmt.Errorf("starting %s: %w", k.Name, err)
	}
	s.Address = "http://" + s.At
	config := filepath.Join(s.folder, "config")
	text, err := k.configure(s, root, rules)
	if err == nil {
		err = os.WriteFile(config, []byte(text), 0o644)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("starting %s: %w", k.Name, err), os.RemoveAll(s.folder))
	}
	said.Reset()
	child := exec.Command(program, k.arguments(s.folder, config)...)
	child.Env = append(os.Environ(), "HOME="+s.folder, "XDG_DATA_HOME="+s.folder, "XDG_CONFIG_HOME="+s.folder)
	child.Stdout, child.Stderr = said, said
	if err := child.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("starting %s: %w", k.Name, err), os.RemoveAll(s.folder))
	}
	s.process = child.Process
	go func() { _ = child.Wait(); close(s.ended) }() // how it ends is in what it said
	for {
		if c, err := net.Dial("tcp", s.At); err == nil {
			c.Close()
			return s, nil
		}
		select {
		case <-s.ended:
			s.Stop()
			return nil, nil
		case <-ctx.Done():
			s.Stop()
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Stop ends the server.
func (s *Server) Stop() {
	_ = s.process.Kill() // it may have ended
	<-s.ended
	_ = os.RemoveAll(s.folder)
}
