import { describe, expect, test } from 'vitest';
import { transferFromRecord } from '../../../../src/engine/docker/records/transferRecords.ts';

/* Lines as both engines of the bed sent them. */

describe('a line of a pull or push', () => {
  test.each([
    [{ status: 'Pulling fs layer', progressDetail: {}, id: '606ef7e155b9' }, 'waiting'],
    [{ status: 'Waiting', progressDetail: {}, id: '606ef7e155b9' }, 'waiting'],
    [{ status: 'Preparing', progressDetail: {}, id: '0efcfc2f8402' }, 'waiting'],
    [{ status: 'Retrying in 5 seconds', progressDetail: {}, id: '606ef7e155b9' }, 'waiting'],
    [{ status: 'Verifying Checksum', progressDetail: {}, id: '606ef7e155b9' }, 'transferred'],
    [{ status: 'Download complete', progressDetail: {}, id: '606ef7e155b9' }, 'transferred'],
    [{ status: 'Already exists', progressDetail: {}, id: '3782518ea479' }, 'existing'],
    [{ status: 'Layer already exists', progressDetail: {}, id: '0efcfc2f8402' }, 'existing'],
    [{ status: 'Mounted from team/big', progressDetail: {}, id: '0efcfc2f8402' }, 'existing'],
    [{ status: 'Pull complete', progressDetail: {}, id: '606ef7e155b9' }, 'done'],
    [{ status: 'Pushed', progressDetail: {}, id: '0efcfc2f8402' }, 'done'],
  ])('%j is %s', (line, phase) => {
    expect(transferFromRecord(line)).toEqual({ layerId: line.id, status: line.status, phase });
  });

  test.each([
    ['Downloading', 'transferring'],
    ['Pushing', 'transferring'],
    ['Extracting', 'extracting'],
  ])('%s counts bytes', (status, phase) => {
    expect(
      transferFromRecord({
        status,
        progressDetail: { current: 557056, total: 104889885 },
        progress: '[>      ]  557.1kB/104.9MB',
        id: '606ef7e155b9',
      }),
    ).toEqual({ layerId: '606ef7e155b9', status, phase, currentBytes: 557056, totalBytes: 104889885 });
  });

  test.each([
    { status: 'Pulling from team/big', id: '1' },
    { status: 'Digest: sha256:0a33b93fbc3807a6d30e4022c13cb9b575aa085210fcce21ac2c7c3b129d9b30' },
    { status: 'Status: Downloaded newer image for 127.0.0.1:5301/team/big:1' },
    { status: 'The push refers to repository [127.0.0.1:5301/team/big]' },
    { progressDetail: {}, aux: { Tag: '1', Digest: 'sha256:0a33', Size: 741 } },
    { status: 'something that a later engine says', id: 'x' },
    {},
    null,
    [],
  ])('%j is about no layer', (line) => {
    expect(transferFromRecord(line)).not.toHaveProperty('phase');
  });

  test('says that there was nothing to bring', () => {
    expect(
      transferFromRecord({ status: 'Status: Image is up to date for 127.0.0.1:5301/team/big:1' }).isUpToDate,
    ).toBe(true);
  });

  test.each([
    [{ errorDetail: { message: 'no basic auth credentials' }, error: 'x' }, 'no basic auth credentials'],
    [{ error: 'unauthorized' }, 'unauthorized'],
    [
      {
        status:
          'WARNING: image with reference a/b:1 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
      },
      'image with reference a/b:1 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
    ],
  ])('%j throws', (line, message) => {
    expect(() => transferFromRecord(line)).toThrow(message);
  });
});
