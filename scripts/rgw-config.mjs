// @ts-check
// What a one-machine Ceph needs to be told so that radosgw is up in a few seconds.

/** Who may do what. One keyring for all: with authentication "none" radosgw 16.2 loops for ever at its start. */
export const keyringCaps = {
  'mon.': { mon: 'allow *' },
  'client.admin': { mon: 'allow *', osd: 'allow *', mgr: 'allow *' },
  'osd.0': { mon: 'allow profile osd', osd: 'allow *', mgr: 'allow profile osd' },
  'client.rgw.a': { mon: 'allow rwx', osd: 'allow rwx', mgr: 'allow rw' },
};

/**
 * @param {{ home: string, fsid: string, monitorPort: number, port: number }} place
 */
// oxlint-disable-next-line max-lines-per-function -- one text, no code
export function cephConfig({ home, fsid, monitorPort, port }) {
  return `[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${monitorPort}/0]
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = ${home}/keyring
# loopback alone
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind msgr1 = false
run dir = ${home}/run
crash dir = ${home}/log
log file = ${home}/log/$name.log
admin socket = ${home}/run/$name.$pid.asok
pid file = ${home}/run/$name.pid
# one store, one copy
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
# however full the disk is: the store is in memory
mon osd full ratio = .97
mon osd nearfull ratio = .95
mon osd backfillfull ratio = .96
mon data avail warn = 1
mon data avail crit = 1
[mon]
mon data = ${home}/mon
mon cluster log file = ${home}/log/cluster.log
# the defaults wait a second before each decision
paxos propose interval = 0.05
paxos min wait = 0.01
mon tick interval = 1
mon osd min up ratio = 0
[osd]
osd data = ${home}/osd
osd objectstore = memstore
memstore device bytes = ${12 * 1024 ** 3}
osd max object size = ${128 * 1024 ** 2}
osd class load list = *
osd class default list = *
[client]
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw data = ${home}/rgw
rgw dns name = localhost
rgw thread pool size = 64
rgw run sync thread = false
rgw enable usage log = false
rgw enable ops log = false
rgw multipart min part size = ${5 * 1024 ** 2}
rgw dynamic resharding = false
rgw override bucket index max shards = 1
`;
}
