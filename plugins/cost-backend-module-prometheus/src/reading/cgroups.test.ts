import { runOf } from './cgroups';

const CONTAINER = '4c2a1f6a5d0b9c8e'.repeat(4);
const KIND = 'ab12cd34ef56ab78'.repeat(4);
const POD = 'pod0b7e7f9c-36a4-4a0e-9d51-2f6cbb1f8a10';

describe('runOf', () => {
  it.each([
    `/kubepods/burstable/${POD}/${CONTAINER}`,
    `/kubepods/${POD}/${CONTAINER}`,
    `/docker/${KIND}/kubepods/burstable/${POD}/${CONTAINER}`,
    `/docker/${KIND}/kubelet/kubepods/besteffort/${POD}/${CONTAINER}`,
    `/kubepods/burstable/${POD}/${CONTAINER}/init`,
    `/kubepods/burstable/${POD}/${CONTAINER}/system.slice/app.service`,
    `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-${POD.replace(
      /-/g,
      '_',
    )}.slice/cri-containerd-${CONTAINER}.scope`,
    `/kubepods.slice/kubepods-${POD}.slice/crio-${CONTAINER}.scope/container`,
  ])('is the container of %s', id => {
    expect(runOf(id, '')).toBe(CONTAINER);
  });

  it('tells containers and runs of a pod apart', () => {
    const other = CONTAINER.replace('4c', '5d');
    expect(runOf(`/kubepods/${POD}/${other}`, '')).not.toBe(CONTAINER);
    expect(runOf('/kubepods/podabc/web', '')).toBe('podabc/web');
    expect(runOf('/docker/x/kubepods/podabc/web/nested', '')).toBe(
      'podabc/web',
    );
    expect(runOf('/kubepods/podabc/web-1', '')).toBe('podabc/web-1');
  });

  it('takes the name where the path does not say', () => {
    expect(runOf('', CONTAINER)).toBe(CONTAINER);
    expect(runOf('', 'k8s_web_web-1_shop_uid_3')).toBe(
      'k8s_web_web-1_shop_uid_3',
    );
    expect(runOf('/system.slice/web.service', '')).toBe(
      'system.slice/web.service',
    );
    expect(runOf('', '')).toBe('');
  });
});
