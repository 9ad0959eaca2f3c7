// doorway NAMESPACE-FILE LISTEN-ADDRESS TARGET: listens in another network namespace and passes every connection on
// to an address in its own. So the real node reaches an API server that listens on the host's loopback only, and no
// firewall of the host has a say in it.
package main

import (
	"io"
	"log"
	"net"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

func main() {
	log.SetFlags(log.LstdFlags | log.Lmicroseconds)
	if len(os.Args) != 4 {
		log.Fatal("usage: doorway NAMESPACE-FILE LISTEN-ADDRESS TARGET")
	}
	inside := make(chan net.Listener)
	go listen(os.Args[1], os.Args[2], inside)
	listener := <-inside
	log.Printf("passing %s of %s on to %s", os.Args[2], os.Args[1], os.Args[3])
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatalf("cannot accept connections: %v", err)
		}
		go pass(client, os.Args[3])
	}
}

// The thread that moves into the namespace stays locked, so it ends with this goroutine and serves no other.
func listen(namespace, address string, inside chan<- net.Listener) {
	runtime.LockOSThread()
	file, err := os.Open(namespace)
	if err == nil {
		err = unix.Setns(int(file.Fd()), unix.CLONE_NEWNET)
	}
	if err != nil {
		log.Fatalf("cannot enter %s: %v", namespace, err)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatalf("cannot listen on %s: %v", address, err)
	}
	inside <- listener
}

func pass(client net.Conn, target string) {
	defer client.Close()
	server, err := net.Dial("tcp", target)
	if err != nil {
		log.Printf("refused a connection: %v", err)
		return
	}
	defer server.Close()
	go copyAndClose(server, client)
	copyAndClose(client, server)
}

// An end of stream is passed on in its direction only: the other one may have more to say.
func copyAndClose(to, from net.Conn) {
	if _, err := io.Copy(to, from); err == nil {
		if half, ok := to.(*net.TCPConn); ok && half.CloseWrite() == nil {
			return
		}
	}
	to.Close()
}
