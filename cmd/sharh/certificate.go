package main

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// certificate returns the certificate to serve with, nil for none, and says how to trust one of our own.
func (m *Main) certificate(c *serveCommand) (*tls.Certificate, error) {
	if c.Cert != "" {
		pair, err := tls.LoadX509KeyPair(c.Cert, c.Key)
		if err != nil {
			return nil, fmt.Errorf("reading the certificate: %w", err)
		}
		return &pair, nil
	}
	if !c.TLS {
		return nil, nil
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return nil, fmt.Errorf("finding where to keep a certificate: %w", err)
	}
	folder := filepath.Join(config, "sharh")
	pair, err := ownCertificate(folder, c.Host, time.Now())
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, certificateFile)
	fmt.Fprintf(m.Stdout, "certificate: %s\n  browsers warn of it until this machine trusts it: %s\n",
		file, howToTrust(file))
	return pair, nil
}

// howToTrust is the command that makes browsers on this machine trust a certificate.
func howToTrust(file string) string {
	switch runtime.GOOS {
	case "darwin":
		return fmt.Sprintf("security add-trusted-cert -r trustAsRoot -p ssl %q", file)
	case "windows":
		return fmt.Sprintf("certutil -user -addstore Root %q", file)
	}
	return fmt.Sprintf(`certutil -d sql:"$HOME/.pki/nssdb" -A -t P,, -n sharh -i %q`, file)
}

const (
	certificateFile = "localhost.pem"
	keyFile         = "localhost-key.pem"
)

// ownCertificate returns the certificate for this machine, and for host, that is kept in a folder. It makes one if
// there is none, or if it ends within a day, is damaged, or is not for that host. It signs itself and nothing else:
// whoever trusts it trusts these names, and no authority whose key lies on a disk.
func ownCertificate(folder, host string, now time.Time) (*tls.Certificate, error) {
	certificate, key := filepath.Join(folder, certificateFile), filepath.Join(folder, keyFile)
	if pair, err := tls.LoadX509KeyPair(certificate, key); err == nil &&
		pair.Leaf.VerifyHostname(cmp.Or(host, "localhost")) == nil &&
		now.After(pair.Leaf.NotBefore) && now.AddDate(0, 0, 1).Before(pair.Leaf.NotAfter) {
		return &pair, nil
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	of := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "sharh serve"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0), // browsers accept none for much longer
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		DNSNames:              []string{"localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	if ip := net.ParseIP(host); ip != nil {
		of.IPAddresses = append(of.IPAddresses, ip)
	} else if host != "" && host != "localhost" {
		of.DNSNames = append(of.DNSNames, host)
	}
	der, err := x509.CreateCertificate(rand.Reader, of, of, private.Public(), private)
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("keeping the certificate: %w", err)
	}
	for _, f := range []struct {
		name, kind string
		data       []byte
		mode       os.FileMode
	}{{key, "PRIVATE KEY", secret, 0o600}, {certificate, "CERTIFICATE", der, 0o644}} {
		_ = os.Remove(f.name) // so that its rights are ours
		if err := os.WriteFile(f.name, pem.EncodeToMemory(&pem.Block{Type: f.kind, Bytes: f.data}), f.mode); err != nil {
			return nil, fmt.Errorf("keeping the certificate: %w", err)
		}
	}
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return nil, fmt.Errorf("reading the certificate that was just made: %w", err)
	}
	return &pair, nil
}
